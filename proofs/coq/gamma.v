(** The gamma function at positive arguments, from its integral: what Artin's characterisation says of it, and Stirling's
    bounds. *)

From Coq Require Import Reals Lra Lia.
From Coquelicot Require Import Coquelicot.
From Boundproof Require Import semantics calculus improper gaussian artanh.
Open Scope R_scope.

(** * The integral exists *)

Definition integrand (x t : R) : R := exp ((x - 1) * ln t) * exp (- t).

Lemma integrand_positive : forall x t, 0 < integrand x t.
Proof. intros x t. apply Rmult_lt_0_compat; apply exp_pos. Qed.

Lemma integrand_continuous : forall x t, 0 < t -> continuous (integrand x) t.
Proof. intros x t T. apply (ex_derive_continuous (integrand x)). unfold integrand. now auto_derive. Qed.

(** [t^x <= K exp (t/2)] *)
Lemma power_below_exponential : forall x, 0 < x -> exists K, 0 < K /\ forall t, 0 < t -> exp (x * ln t) <= K * exp (t / 2).
Proof.
  intros x X. exists (exp (x * (ln (2 * x) - 1))). split; [apply exp_pos |]. intros t T.
  rewrite <- exp_plus. assert (L := exp_ineq1_le (ln (t / (2 * x)))).
  rewrite exp_ln in L by (apply Rdiv_lt_0_compat; lra). unfold Rdiv in L at 1.
  rewrite ln_mult in L by (try apply Rinv_0_lt_compat; lra). rewrite ln_Rinv in L by lra.
  assert (M : x * ln t <= x * (t / (2 * x) - 1 + ln (2 * x))) by (apply Rmult_le_compat_l; lra).
  replace (x * (t / (2 * x) - 1 + ln (2 * x))) with (x * (ln (2 * x) - 1) + t / 2) in M by (field; lra).
  destruct M as [M | ->]; [left; now apply exp_increasing | apply Rle_refl].
Qed.

(** [t^x/(1 + t^x)] is a bounded primitive of a multiple of what is greater. *)
Lemma integrand_bounded : forall x, 0 < x -> exists m, forall a b, 0 < a <= b -> RInt (integrand x) a b <= m.
Proof.
  intros x X. destruct (power_below_exponential x X) as [K [KP Power]].
  set (c := (1 + K) ^ 2 / x). assert (C : 0 < c) by (apply Rdiv_lt_0_compat; [apply pow_lt; lra | exact X]).
  set (primitive := fun t => c * (1 - / (1 + exp (x * ln t)))).
  set (slope := fun t => c * (x * exp (x * ln t) / (t * (1 + exp (x * ln t)) ^ 2))).
  assert (D : forall t, 0 < t -> is_derive primitive t (slope t)).
  { intros t T. unfold primitive, slope. assert (E := exp_pos (x * ln t)). auto_derive; [split; lra |]. field. lra. }
  exists c. intros a b A. apply Rle_trans with (primitive b - primitive a).
  - apply (is_RInt_le (integrand x) slope a b); [lra | | |].
    + apply (RInt_correct (V := R_CompleteNormedModule)), part_integrable; [apply integrand_continuous | lra | lra].
    + apply (is_RInt_derive (V := R_CompleteNormedModule) primitive slope).
      * intros t [T _]. rewrite Rmin_left in T by lra. apply D. lra.
      * intros t [T _]. rewrite Rmin_left in T by lra. apply (ex_derive_continuous slope). unfold slope.
        assert (E := exp_pos (x * ln t)). auto_derive. repeat split; try lra. apply Rgt_not_eq. apply Rmult_lt_0_compat; [lra |].
        rewrite Rmult_1_r. apply Rmult_lt_0_compat; lra.
    + intros t T. unfold slope, integrand, c. assert (E := exp_pos (x * ln t)).
      replace ((x - 1) * ln t) with (x * ln t + - ln t) by ring. rewrite exp_plus, exp_Ropp, exp_ln by lra.
      set (p := exp (x * ln t)) in *. assert (H := Power t ltac:(lra)). fold p in H.
      assert (One : 1 <= exp (t / 2)) by (assert (L := exp_ineq1_le (t / 2)); lra).
      assert (S : (1 + p) ^ 2 <= ((1 + K) * exp (t / 2)) ^ 2) by (apply pow_incr; lra).
      rewrite Rpow_mult_distr in S. replace (exp (t / 2) ^ 2) with (exp t) in S
        by (simpl; rewrite Rmult_1_r, <- exp_plus; f_equal; field).
      assert (ET := exp_pos t). rewrite exp_Ropp.
      apply (Rmult_le_reg_r (t * (1 + p) ^ 2 * exp t / p)).
      { apply Rdiv_lt_0_compat; [| exact E]. apply Rmult_lt_0_compat; [| exact ET].
        apply Rmult_lt_0_compat; [lra | apply pow_lt; lra]. }
      replace (p * / t * / exp t * (t * (1 + p) ^ 2 * exp t / p)) with ((1 + p) ^ 2) by (field; lra).
      replace ((1 + K) ^ 2 / x * (x * p / (t * (1 + p) ^ 2)) * (t * (1 + p) ^ 2 * exp t / p)) with ((1 + K) ^ 2 * exp t)
        by (field; lra).
      exact S.
  - unfold primitive. assert (P : forall t, 0 < / (1 + exp (x * ln t)) <= 1).
    { intro t. assert (E := exp_pos (x * ln t)). split; [apply Rinv_0_lt_compat; lra |].
      rewrite <- Rinv_1. apply Rinv_le_contravar; lra. }
    assert (P1 := P a). assert (P2 := P b).
    assert (c * (/ (1 + exp (x * ln a)) - / (1 + exp (x * ln b))) <= c * 1) by (apply Rmult_le_compat_l; lra). lra.
Qed.

Lemma gamma_least : forall x, 0 < x -> least (integrand x) (gamma x).
Proof.
  intros x X. destruct (integrand_bounded x X) as [m M].
  apply (improper_value (integrand x)) with m; [apply integrand_continuous | | exact M].
  intros t _. left. apply integrand_positive.
Qed.

Lemma part_of_gamma : forall x a b, 0 < a -> 0 < b -> ex_RInt (integrand x) a b.
Proof. intros x a b A B. apply part_integrable; [apply integrand_continuous | exact A | exact B]. Qed.

(** * Positive, and equal to 1 at 1 *)

Theorem gamma_positive : forall t, holds Less 0 t -> holds Less 0 (gamma t).
Proof.
  simpl. intros t T. destruct (gamma_least t T) as [Upper _]. apply Rlt_le_trans with (2 := Upper 1 2 ltac:(lra)).
  apply RInt_gt_0; [lra | |]; intros u U; [apply integrand_positive | apply integrand_continuous; lra].
Qed.

Lemma gamma_one : gamma 1 = 1.
Proof.
  assert (V : forall a b, 0 < a <= b -> RInt (integrand 1) a b = exp (- a) - exp (- b)).
  { intros a b A. replace (exp (- a) - exp (- b)) with (- exp (- b) - - exp (- a)) by ring. apply is_RInt_unique.
    apply (is_RInt_ext (fun t => exp (- t))).
    - intros t _. unfold integrand. replace ((1 - 1) * ln t) with 0 by ring. rewrite exp_0. symmetry. apply Rmult_1_l.
    - apply (is_RInt_derive (V := R_CompleteNormedModule) (fun t => - exp (- t))).
      + intros t _. auto_derive; [trivial | ring].
      + intros t _. apply (ex_derive_continuous (fun t => exp (- t))). now auto_derive. }
  destruct (gamma_least 1 Rlt_0_1) as [Upper Least]. apply Rle_antisym.
  - apply Least. intros a b A. rewrite V by exact A. assert (H := exp_pos (- b)).
    assert (K : exp (- a) < exp 0) by (apply exp_increasing; lra). rewrite exp_0 in K. lra.
  - apply le_epsilon. intros e E. set (a := Rmin (e / 2) 1). assert (A : 0 < a) by (apply Rmin_glb_lt; lra).
    assert (A2 : a <= e / 2) by apply Rmin_l. assert (A1 : a <= 1) by apply Rmin_r.
    assert (I : 0 < 2 / e) by (apply Rdiv_lt_0_compat; lra).
    assert (U := Upper a (1 + 2 / e) ltac:(lra)). rewrite V in U by lra.
    assert (L := exp_ineq1_le (- a)). assert (M := exp_ineq1_le (1 + 2 / e)).
    assert (N : exp (- (1 + 2 / e)) <= / (2 / e)) by (rewrite exp_Ropp; apply Rinv_le_contravar; lra).
    replace (/ (2 / e)) with (e / 2) in N by (field; lra). lra.
Qed.

(** * The functional equation, by parts *)

Lemma by_parts : forall x a b, 0 < x -> 0 < a <= b ->
  x * RInt (integrand x) a b - RInt (integrand (x + 1)) a b = exp (x * ln b) * exp (- b) - exp (x * ln a) * exp (- a).
Proof.
  intros x a b X A. set (F := fun t => exp (x * ln t) * exp (- t)).
  assert (I : is_RInt (fun t => x * integrand x t - integrand (x + 1) t) a b (F b - F a)).
  { apply (is_RInt_derive (V := R_CompleteNormedModule) F).
    - intros t [T _]. rewrite Rmin_left in T by lra. unfold F, integrand. auto_derive; [lra |].
      replace ((x + 1 - 1) * ln t) with (x * ln t) by ring. replace ((x - 1) * ln t) with (x * ln t + - ln t) by ring.
      rewrite exp_plus, (exp_Ropp (ln t)), exp_ln by lra. field. lra.
    - intros t [T _]. rewrite Rmin_left in T by lra.
      apply (ex_derive_continuous (fun t => x * integrand x t - integrand (x + 1) t)). unfold integrand. auto_derive. lra. }
  assert (J : is_RInt (fun t => x * integrand x t - integrand (x + 1) t) a b
    (x * RInt (integrand x) a b - RInt (integrand (x + 1)) a b)).
  { apply (is_RInt_minus (V := R_NormedModule) (fun t => x * integrand x t) (integrand (x + 1))).
    - apply (is_RInt_scal (V := R_NormedModule) (integrand x)), (RInt_correct (V := R_CompleteNormedModule)), part_of_gamma; lra.
    - apply (RInt_correct (V := R_CompleteNormedModule)), part_of_gamma; lra. }
  assert (U := is_RInt_unique (V := R_CompleteNormedModule) _ _ _ _ I).
  assert (W := is_RInt_unique (V := R_CompleteNormedModule) _ _ _ _ J). rewrite <- W, U. reflexivity.
Qed.

Lemma boundary_at_zero : forall x e, 0 < x -> 0 < e -> exists d, 0 < d /\ forall t, 0 < t <= d -> exp (x * ln t) * exp (- t) <= e.
Proof.
  intros x e X E. exists (exp (ln e / x)). split; [apply exp_pos |]. intros t T.
  assert (L : ln t <= ln e / x).
  { rewrite <- (ln_exp (ln e / x)). destruct T as [T0 [T | ->]]; [left; now apply ln_increasing | apply Rle_refl]. }
  assert (M : x * ln t <= ln e).
  { apply Rle_trans with (x * (ln e / x)); [apply Rmult_le_compat_l; lra | right; field; lra]. }
  assert (N : exp (x * ln t) <= e).
  { rewrite <- (exp_ln e E). destruct M as [M | ->]; [left; now apply exp_increasing | apply Rle_refl]. }
  assert (P := exp_pos (x * ln t)). assert (Q : exp (- t) <= 1) by (rewrite <- exp_0; left; apply exp_increasing; lra).
  assert (exp (x * ln t) * exp (- t) <= exp (x * ln t) * 1) by (apply Rmult_le_compat_l; lra). lra.
Qed.

Lemma boundary_at_infinity : forall x e, 0 < x -> 0 < e -> exists d, forall t, 0 < t -> d <= t -> exp (x * ln t) * exp (- t) <= e.
Proof.
  intros x e X E. destruct (power_below_exponential x X) as [K [KP Power]]. exists (2 * (K / e)). intros t T D.
  assert (L := exp_ineq1_le (t / 2)). assert (P := exp_pos (t / 2)).
  apply Rle_trans with (K * exp (t / 2) * exp (- t)); [apply Rmult_le_compat_r; [left; apply exp_pos | now apply Power] |].
  rewrite Rmult_assoc, <- exp_plus. replace (t / 2 + - t) with (- (t / 2)) by field. rewrite exp_Ropp.
  apply (Rmult_le_reg_r (exp (t / 2))); [exact P |]. rewrite Rmult_assoc, Rinv_l, Rmult_1_r by lra.
  apply Rle_trans with (e * (K / e)); [right; field; lra | apply Rmult_le_compat_l; lra].
Qed.

Theorem gamma_next : forall t, holds Less 0 t -> holds Equal (gamma (t + 1)) (t * gamma t).
Proof.
  simpl. intros x X. destruct (gamma_least x X) as [Upper Least].
  destruct (gamma_least (x + 1) ltac:(lra)) as [Upper' Least']. apply Rle_antisym.
  - apply Least'. intros a b A. apply le_epsilon. intros e E. destruct (boundary_at_zero x e X E) as [d [D Small]].
    set (c := Rmin a d). assert (C : 0 < c) by (apply Rmin_glb_lt; lra). assert (CA : c <= a) by apply Rmin_l.
    assert (CD : c <= d) by apply Rmin_r.
    apply Rle_trans with (RInt (integrand (x + 1)) c b).
    + apply part_grows; [apply integrand_continuous | | lra | lra]. intros t _. left. apply integrand_positive.
    + assert (H := by_parts x c b X ltac:(lra)). assert (S := Small c ltac:(lra)).
      assert (U : x * RInt (integrand x) c b <= x * gamma x) by (apply Rmult_le_compat_l; [lra | apply Upper; lra]).
      assert (0 < exp (x * ln b) * exp (- b)) by (apply Rmult_lt_0_compat; apply exp_pos). lra.
  - apply (Rmult_le_reg_l (/ x)); [now apply Rinv_0_lt_compat |]. rewrite <- Rmult_assoc, Rinv_l, Rmult_1_l by lra.
    apply Least. intros a b A. apply (Rmult_le_reg_l x); [exact X |]. rewrite <- Rmult_assoc, Rinv_r, Rmult_1_l by lra.
    apply le_epsilon. intros e E. destruct (boundary_at_infinity x e X E) as [d Small].
    set (c := Rmax b d). assert (CB : b <= c) by apply Rmax_l. assert (CD : d <= c) by apply Rmax_r.
    assert (G : x * RInt (integrand x) a b <= x * RInt (integrand x) a c).
    { apply Rmult_le_compat_l; [lra |]. apply part_grows; [apply integrand_continuous | | lra | lra].
      intros t _. left. apply integrand_positive. }
    assert (H := by_parts x a c X ltac:(lra)). assert (S := Small c ltac:(lra) CD).
    assert (U := Upper' a c ltac:(lra)).
    assert (0 < exp (x * ln a) * exp (- a)) by (apply Rmult_lt_0_compat; apply exp_pos). lra.
Qed.

(** * Its logarithm is convex: Hölder's inequality *)

Lemma exp_convex : forall s p q, 0 <= s <= 1 -> exp ((1 - s) * p + s * q) <= (1 - s) * exp p + s * exp q.
Proof.
  intros s p q S. set (m := (1 - s) * p + s * q). assert (E := exp_pos m).
  assert (T : forall u, exp m * (1 + (u - m)) <= exp u).
  { intro u. replace u with (m + (u - m)) at 2 by ring. rewrite exp_plus. apply Rmult_le_compat_l; [lra | apply exp_ineq1_le]. }
  assert (P : (1 - s) * (exp m * (1 + (p - m))) <= (1 - s) * exp p) by (apply Rmult_le_compat_l; [lra | apply T]).
  assert (Q : s * (exp m * (1 + (q - m))) <= s * exp q) by (apply Rmult_le_compat_l; [lra | apply T]).
  assert (Z : (1 - s) * (exp m * (1 + (p - m))) + s * (exp m * (1 + (q - m))) = exp m) by (unfold m at 2 4; ring). lra.
Qed.

Lemma mean_positive : forall a b s, 0 < a -> 0 < b -> 0 <= s <= 1 -> 0 < (1 - s) * a + s * b.
Proof.
  intros a b s A B S. assert (0 <= s * b) by (apply Rmult_le_pos; lra). destruct (Req_dec s 1) as [-> | N]; [lra |].
  assert (0 < (1 - s) * a) by (apply Rmult_lt_0_compat; lra). lra.
Qed.

Theorem gamma_log_convex : forall a b s,
  holds Less 0 a -> holds Less 0 b -> holds AtMost 0 s -> holds AtMost s 1 ->
  holds AtMost (ln (gamma ((1 - s) * a + s * b))) ((1 - s) * ln (gamma a) + s * ln (gamma b)).
Proof.
  simpl. intros a b s A B S0 S1. assert (M := mean_positive a b s A B (conj S0 S1)).
  set (m := (1 - s) * a + s * b) in *. set (y := (1 - s) * ln (gamma a) + s * ln (gamma b)).
  assert (GA := gamma_positive a A). assert (GB := gamma_positive b B). simpl in GA, GB.
  assert (H : gamma m <= exp y).
  2: { rewrite <- (ln_exp y). assert (G := gamma_positive m M). simpl in G.
       destruct H as [H | ->]; [left; now apply ln_increasing | apply Rle_refl]. }
  destruct (gamma_least a A) as [UA _]. destruct (gamma_least b B) as [UB _]. apply (gamma_least m M). intros u v U.
  set (f := fun t => exp y * (1 - s) / gamma a * integrand a t + exp y * s / gamma b * integrand b t).
  assert (I : is_RInt f u v
    (exp y * (1 - s) / gamma a * RInt (integrand a) u v + exp y * s / gamma b * RInt (integrand b) u v)).
  { apply (is_RInt_plus (V := R_NormedModule) (fun t => exp y * (1 - s) / gamma a * integrand a t)
      (fun t => exp y * s / gamma b * integrand b t));
    [apply (is_RInt_scal (V := R_NormedModule) (integrand a)) | apply (is_RInt_scal (V := R_NormedModule) (integrand b))];
    apply (RInt_correct (V := R_CompleteNormedModule)), part_of_gamma; lra. }
  assert (Y := exp_pos y).
  apply Rle_trans with (exp y * (1 - s) / gamma a * RInt (integrand a) u v + exp y * s / gamma b * RInt (integrand b) u v).
  - apply (is_RInt_le (integrand m) f u v); [lra | | exact I |].
    + apply (RInt_correct (V := R_CompleteNormedModule)), part_of_gamma; lra.
    + intros t T. unfold f, integrand.
      assert (C := exp_convex s ((a - 1) * ln t + - t + - ln (gamma a)) ((b - 1) * ln t + - t + - ln (gamma b)) (conj S0 S1)).
      rewrite !exp_plus, !(exp_Ropp (ln (gamma _))), !exp_ln in C by assumption.
      replace (exp ((m - 1) * ln t) * exp (- t)) with (exp y *
        exp ((1 - s) * ((a - 1) * ln t + - t + - ln (gamma a)) + s * ((b - 1) * ln t + - t + - ln (gamma b)))).
      2: { rewrite <- !exp_plus. f_equal. unfold y, m. ring. }
      rewrite !exp_plus. apply Rmult_le_compat_l with (r := exp y) in C; [| lra].
      apply Rle_trans with (1 := C). right. field. lra.
  - assert (PA : exp y * (1 - s) / gamma a * RInt (integrand a) u v <= exp y * (1 - s) / gamma a * gamma a).
    { apply Rmult_le_compat_l; [| now apply UA]. apply Rmult_le_pos; [apply Rmult_le_pos; lra |].
      left. now apply Rinv_0_lt_compat. }
    assert (PB : exp y * s / gamma b * RInt (integrand b) u v <= exp y * s / gamma b * gamma b).
    { apply Rmult_le_compat_l; [| now apply UB]. apply Rmult_le_pos; [apply Rmult_le_pos; lra |].
      left. now apply Rinv_0_lt_compat. }
    replace (exp y * (1 - s) / gamma a * gamma a) with (exp y * (1 - s)) in PA by (field; lra).
    replace (exp y * s / gamma b * gamma b) with (exp y * s) in PB by (field; lra). lra.
Qed.

(** * The value at 1/2, by the error function *)

Lemma half_part : forall a b, 0 < a <= b ->
  RInt (integrand (1 / 2)) a b = sqrt PI * (erf (sqrt b) - erf (sqrt a)).
Proof.
  intros a b A. apply is_RInt_unique. replace (sqrt PI * (erf (sqrt b) - erf (sqrt a)))
    with (sqrt PI * erf (sqrt b) - sqrt PI * erf (sqrt a)) by ring.
  apply (is_RInt_derive (V := R_CompleteNormedModule) (fun t => sqrt PI * erf (sqrt t))).
  - intros t [T _]. rewrite Rmin_left in T by lra. assert (P : 0 < t) by lra. assert (Q := sqrt_PI_positive).
    assert (S : 0 < sqrt t) by now apply sqrt_lt_R0.
    assert (D := derivative_outer sqrt t _ (derivative_sqrt t P) erf _ (derivative_erf (sqrt t))).
    apply (is_derive_scal _ _ (sqrt PI)) in D.
    replace (integrand (1 / 2) t) with (sqrt PI * (2 / sqrt PI * exp (- sqrt t ^ 2) * (1 / (2 * sqrt t)))); [exact D |].
    unfold integrand. rewrite pow2_sqrt by lra.
    replace (exp ((1 / 2 - 1) * ln t)) with (/ sqrt t); [field; lra |].
    replace ((1 / 2 - 1) * ln t) with (- ln (sqrt t)).
    + now rewrite exp_Ropp, exp_ln.
    + rewrite <- (sqrt_sqrt t) at 2 by lra. rewrite ln_mult by exact S. field.
  - intros t [T _]. rewrite Rmin_left in T by lra. apply integrand_continuous. lra.
Qed.

Lemma gamma_half : gamma (1 / 2) = sqrt PI.
Proof.
  assert (Q := sqrt_PI_positive). destruct (gamma_least (1 / 2) ltac:(lra)) as [Upper Least]. apply Rle_antisym.
  - apply Least. intros a b A. rewrite half_part by exact A. destruct (erf_bounds (sqrt b) (sqrt_pos b)) as [[_ B] _].
    destruct (erf_bounds (sqrt a) (sqrt_pos a)) as [_ C]. rewrite <- (Rmult_1_r (sqrt PI)) at 2.
    apply Rmult_le_compat_l; lra.
  - apply le_epsilon. intros e E. set (s := Rmin (e / 4) 1). assert (S : 0 < s) by (apply Rmin_glb_lt; lra).
    assert (S4 : s <= e / 4) by apply Rmin_l. assert (S1 : s <= 1) by apply Rmin_r.
    assert (I : 0 < 4 / e) by (apply Rdiv_lt_0_compat; lra). assert (SS : s * s <= 1 * 1) by (apply Rmult_le_compat; lra).
    assert (SP : 0 < s * s) by now apply Rmult_lt_0_compat.
    assert (U := Upper (s * s) (1 + 4 / e) ltac:(lra)). rewrite half_part, sqrt_square in U by lra.
    assert (Near : erf s <= 2 / sqrt PI * s).
    { rewrite erf_E. apply Rmult_le_compat_l; [left; apply Rdiv_lt_0_compat; lra |].
      replace s with (RInt (fun _ => 1) 0 s) at 2
        by (rewrite (RInt_const (V := R_CompleteNormedModule)); unfold scal; simpl; unfold mult; simpl; ring).
      apply RInt_le; [lra | apply bell_integrable | apply ex_RInt_const |]. intros t _. unfold bell. rewrite <- exp_0.
      assert (H := pow2_ge_0 t). destruct (Req_dec (t ^ 2) 0) as [-> | N]; [rewrite Ropp_0; apply Rle_refl |].
      left. apply exp_increasing. lra. }
    destruct (erf_bounds (sqrt (1 + 4 / e)) (sqrt_pos _)) as [[Far _] _]. unfold bell in Far.
    rewrite pow2_sqrt in Far by lra. assert (M := exp_ineq1_le (1 + 4 / e)).
    assert (N : exp (- (1 + 4 / e)) <= / (4 / e)) by (rewrite exp_Ropp; apply Rinv_le_contravar; lra).
    replace (/ (4 / e)) with (e / 4) in N by (field; lra).
    assert (Two : sqrt PI <= 2).
    { rewrite <- (sqrt_square 2) by lra. apply sqrt_le_1_alt. assert (H := PI_4). lra. }
    assert (X1 : sqrt PI * erf s <= 2 * s).
    { apply Rle_trans with (sqrt PI * (2 / sqrt PI * s)); [apply Rmult_le_compat_l; lra | right; field; lra]. }
    assert (X2 : sqrt PI * (1 - e / 4) <= sqrt PI * erf (sqrt (1 + 4 / e))) by (apply Rmult_le_compat_l; lra).
    assert (X3 : sqrt PI * (e / 4) <= 2 * (e / 4)) by (apply Rmult_le_compat_r; lra). lra.
Qed.

(** * Stirling's formula *)

(** Its logarithm, and the remainder of Stirling's formula. *)
Definition log_gamma (x : R) : R := ln (gamma x).
Definition stirling (x : R) : R := (x + 1 / 2) * ln x - x + ln (2 * PI) / 2.
Definition remainder (x : R) : R := log_gamma (x + 1) - stirling x.

Lemma log_gamma_next : forall x, 0 < x -> log_gamma (x + 1) = ln x + log_gamma x.
Proof.
  intros x X. unfold log_gamma. assert (E := gamma_next x X). simpl in E. rewrite E. apply ln_mult; [exact X |].
  now apply gamma_positive.
Qed.

Lemma log_gamma_one : log_gamma 1 = 0.
Proof. unfold log_gamma. rewrite gamma_one. apply ln_1. Qed.

Lemma log_gamma_between : forall a b s m, 0 < a -> 0 < b -> 0 <= s <= 1 -> m = (1 - s) * a + s * b ->
  log_gamma m <= (1 - s) * log_gamma a + s * log_gamma b.
Proof. intros a b s m A B [S0 S1] ->. now apply gamma_log_convex. Qed.

Lemma remainder_step : forall x, 0 < x -> remainder x - remainder (x + 1) = step x.
Proof.
  intros x X. unfold remainder, stirling, step. rewrite (log_gamma_next (x + 1)) by lra. field.
Qed.

Lemma log_difference : forall a b, 0 < a <= b -> (b - a) / b <= ln b - ln a <= (b - a) / a.
Proof.
  assert (H : forall a b, 0 < a -> 0 < b -> ln b - ln a <= (b - a) / a).
  { intros a b A B. rewrite <- ln_div by assumption. assert (P : 0 < b / a) by now apply Rdiv_lt_0_compat.
    assert (L := exp_ineq1_le (ln (b / a))). rewrite exp_ln in L by exact P.
    replace ((b - a) / a) with (b / a - 1) by (field; lra). lra. }
  intros a b A. split; [| apply H; lra]. assert (K := H b a ltac:(lra) ltac:(lra)).
  replace ((b - a) / b) with (- ((a - b) / b)) by (field; lra). lra.
Qed.

(** Wallis' product: the value at n + 1/2 in two ways. *)
Lemma log_gamma_half : forall n,
  log_gamma (INR n + 1 / 2) = log_gamma (2 * INR n + 1) - 2 * INR n * ln 2 - log_gamma (INR n + 1) + ln PI / 2.
Proof.
  assert (P := PI_RGT_0). induction n as [| n IH].
  - simpl. replace (2 * 0 + 1) with 1 by ring. rewrite !Rplus_0_l, log_gamma_one. unfold log_gamma. rewrite gamma_half.
    assert (Q := sqrt_PI_positive). assert (E : ln PI = ln (sqrt PI * sqrt PI)) by (rewrite sqrt_sqrt; [reflexivity | lra]).
    rewrite ln_mult in E by exact Q. lra.
  - assert (N := pos_INR n). rewrite S_INR. replace (INR n + 1 + 1 / 2) with (INR n + 1 / 2 + 1) by ring.
    rewrite log_gamma_next, IH by lra. replace (2 * (INR n + 1) + 1) with (2 * INR n + 1 + 1 + 1) by ring.
    rewrite (log_gamma_next (2 * INR n + 1 + 1)), (log_gamma_next (2 * INR n + 1)), (log_gamma_next (INR n + 1)) by lra.
    replace (2 * INR n + 1 + 1) with (2 * (INR n + 1)) by ring. replace (2 * INR n + 1) with (2 * (INR n + 1 / 2)) at 2 by field.
    rewrite !(ln_mult 2) by lra. ring.
Qed.

Lemma wallis : forall n, (1 <= n)%nat -> - (/ INR n / 4) <= remainder (2 * INR n) - 2 * remainder (INR n) <= 0.
Proof.
  intros n N. apply le_INR in N. simpl in N. assert (P := PI_RGT_0).
  assert (E : remainder (2 * INR n) - 2 * remainder (INR n)
    = log_gamma (INR n + 1 / 2) - log_gamma (INR n + 1) + ln (INR n) / 2).
  { rewrite log_gamma_half. unfold remainder, stirling. rewrite (ln_mult 2 (INR n)), (ln_mult 2 PI) by lra. field. }
  assert (H := log_gamma_between (INR n) (INR n + 1) (1 / 2) (INR n + 1 / 2) ltac:(lra) ltac:(lra) ltac:(lra) ltac:(field)).
  assert (K := log_gamma_between (INR n + 1 / 2) (INR n + 1 / 2 + 1) (1 / 2) (INR n + 1)
    ltac:(lra) ltac:(lra) ltac:(lra) ltac:(field)).
  rewrite (log_gamma_next (INR n + 1 / 2)) in K by lra. assert (Next := log_gamma_next (INR n) ltac:(lra)).
  destruct (log_difference (INR n) (INR n + 1 / 2) ltac:(lra)) as [_ D].
  replace ((INR n + 1 / 2 - INR n) / INR n) with (/ INR n / 2) in D by (field; lra). rewrite E. lra.
Qed.

Lemma falls_from_naturals : forall n, (1 <= n)%nat -> forall k,
  remainder (INR (n + k)) <= remainder (INR n) /\
  remainder (INR n) - 1 / (12 * INR n) <= remainder (INR (n + k)) - 1 / (12 * INR (n + k)).
Proof.
  intros n N k. induction k as [| k IH]; [rewrite Nat.add_0_r; lra |].
  assert (X : 1 <= INR (n + k)) by (apply (le_INR 1); lia). rewrite Nat.add_succ_r, S_INR.
  assert (E := remainder_step (INR (n + k)) ltac:(lra)). assert (L := step_positive (INR (n + k)) ltac:(lra)).
  assert (U := step_upper (INR (n + k)) ltac:(lra)). lra.
Qed.

Lemma remainder_of_natural : forall n, (1 <= n)%nat -> - / INR n <= remainder (INR n) <= / INR n.
Proof.
  intros n N. destruct (wallis n N) as [Low High]. destruct (falls_from_naturals n N n) as [F G].
  apply le_INR in N. simpl in N. rewrite plus_INR in F, G. replace (INR n + INR n) with (2 * INR n) in F, G by ring.
  replace (1 / (12 * INR n)) with (/ INR n / 12) in G by (field; lra).
  replace (1 / (12 * (2 * INR n))) with (/ INR n / 24) in G by (field; lra).
  assert (I : 0 < / INR n) by (apply Rinv_0_lt_compat; lra). lra.
Qed.

(** Between naturals the remainder differs little. *)
Lemma remainder_between : forall n s, 1 <= n -> 0 <= s <= 1 -> - (2 * / n) <= remainder (n + s) - remainder n <= 2 * / n.
Proof.
  intros n s N S. assert (I : 0 < / n) by (apply Rinv_0_lt_compat; lra).
  assert (Upper : log_gamma (n + s + 1) <= log_gamma (n + 1) + s * ln (n + 1)).
  { assert (H := log_gamma_between (n + 1) (n + 1 + 1) s (n + s + 1) ltac:(lra) ltac:(lra) S ltac:(ring)).
    rewrite (log_gamma_next (n + 1)) in H by lra. lra. }
  assert (Lower : log_gamma (n + 1) + s * ln n <= log_gamma (n + s + 1)).
  { assert (T : 0 < / (1 + s) <= 1).
    { split; [apply Rinv_0_lt_compat; lra |]. rewrite <- Rinv_1. apply Rinv_le_contravar; lra. }
    assert (H := log_gamma_between n (n + s + 1) (/ (1 + s)) (n + 1) ltac:(lra) ltac:(lra) ltac:(lra) ltac:(field; lra)).
    apply Rmult_le_compat_l with (r := 1 + s) in H; [| lra].
    replace ((1 + s) * ((1 - / (1 + s)) * log_gamma n + / (1 + s) * log_gamma (n + s + 1)))
      with (s * log_gamma n + log_gamma (n + s + 1)) in H by (field; lra).
    assert (Next := log_gamma_next n ltac:(lra)). rewrite Next in H |- *. lra. }
  destruct (log_difference n (n + s) ltac:(lra)) as [D1 D2]. destruct (log_difference (n + s) (n + 1) ltac:(lra)) as [_ D3].
  replace (n + s - n) with s in D1, D2 by ring.
  assert (J : / (n + s) <= / n) by (apply Rinv_le_contravar; lra). assert (J0 : 0 < / (n + s)) by (apply Rinv_0_lt_compat; lra).
  unfold remainder, stirling. split.
  - assert (B : (n + s + 1 / 2) * (ln (n + s) - ln n) <= s + 2 * / n).
    { apply Rle_trans with ((n + s + 1 / 2) * (s / n)); [apply Rmult_le_compat_l; lra |].
      replace ((n + s + 1 / 2) * (s / n)) with (s + s * (s + 1 / 2) * / n) by (field; lra).
      assert (s * (s + 1 / 2) <= 1 * 2) by (apply Rmult_le_compat; lra).
      assert (s * (s + 1 / 2) * / n <= 2 * / n) by (apply Rmult_le_compat_r; lra). lra. }
    lra.
  - assert (A : s * (ln (n + 1) - ln (n + s)) <= / n).
    { apply Rle_trans with (1 * ((n + 1 - (n + s)) / (n + s))).
      - apply Rle_trans with (s * ((n + 1 - (n + s)) / (n + s))); [apply Rmult_le_compat_l; lra |].
        apply Rmult_le_compat_r; [| lra]. apply Rmult_le_pos; lra.
      - rewrite Rmult_1_l. unfold Rdiv. apply Rle_trans with (1 * / (n + s)); [apply Rmult_le_compat_r; lra | lra]. }
    assert (B : s - / n <= (n + 1 / 2) * (ln (n + s) - ln n)).
    { apply Rle_trans with ((n + 1 / 2) * (s / (n + s))); [| apply Rmult_le_compat_l; lra].
      replace ((n + 1 / 2) * (s / (n + s))) with (s - s * (s - 1 / 2) * / (n + s)) by (field; lra).
      assert (s * (s - 1 / 2) <= 1 * 1). { apply Rle_trans with (s * 1); [apply Rmult_le_compat_l; lra | lra]. }
      assert (s * (s - 1 / 2) * / (n + s) <= 1 * / (n + s)) by (apply Rmult_le_compat_r; lra). lra. }
    lra.
Qed.

Lemma remainder_vanishes : forall x m, 0 < x -> (1 <= m)%nat -> - (3 / INR m) <= remainder (x + INR m) <= 3 / INR m.
Proof.
  intros x m X M. assert (M1 : 1 <= INR m) by (apply (le_INR 1); exact M).
  destruct (nfloor_ex (x + INR m) ltac:(lra)) as [n [N1 N2]].
  assert (MN : (m <= n)%nat). { assert (H : INR m < INR (S n)) by (rewrite S_INR; lra). apply INR_lt in H. lia. }
  assert (L : INR m <= INR n) by now apply le_INR.
  assert (R := remainder_of_natural n ltac:(lia)).
  assert (S := remainder_between (INR n) (x + INR m - INR n) ltac:(lra) ltac:(lra)).
  replace (INR n + (x + INR m - INR n)) with (x + INR m) in S by ring.
  assert (I : / INR n <= / INR m) by (apply Rinv_le_contravar; lra). unfold Rdiv. lra.
Qed.

(** What falls from x on in steps of 1, towards at least 0, is positive. *)
Lemma falls_to_zero : forall (g : R -> R) x c,
  (forall y, x <= y -> g (y + 1) < g y) -> (forall m, (1 <= m)%nat -> - (c / INR m) <= g (x + INR m)) -> 0 < g x.
Proof.
  intros g x c Falls Limit. apply Rle_lt_trans with (2 := Falls x (Rle_refl x)).
  assert (Below : forall m, g (x + INR (S m)) <= g (x + 1)).
  { induction m as [| m IH]; [apply Rle_refl |]. rewrite S_INR, <- Rplus_assoc. assert (H := pos_INR (S m)).
    assert (K := Falls (x + INR (S m)) ltac:(lra)). lra. }
  apply Rnot_lt_le. intro N. destruct (nfloor_ex (Rabs c / - g (x + 1))) as [n [_ U]].
  { apply Rmult_le_pos; [apply Rabs_pos | left; apply Rinv_0_lt_compat; lra]. }
  rewrite <- S_INR in U. assert (P : 0 < INR (S n)) by (apply lt_0_INR; lia).
  assert (L := Limit (S n) ltac:(lia)). assert (B := Below n).
  apply Rmult_lt_compat_r with (r := - g (x + 1)) in U; [| lra].
  unfold Rdiv in U. rewrite Rmult_assoc, Rinv_l, Rmult_1_r in U by lra. assert (A := Rle_abs c).
  assert (V : c / INR (S n) < - g (x + 1)).
  { apply (Rmult_lt_reg_r (INR (S n))); [exact P |]. unfold Rdiv. rewrite Rmult_assoc, Rinv_l, Rmult_1_r by lra. lra. }
  lra.
Qed.

Theorem stirling_lower : forall x,
  holds Less 0 x -> holds Less ((x + 1 / 2) * ln x - x + ln (2 * PI) / 2) (ln (gamma (x + 1))).
Proof.
  simpl. intros x X. assert (H : 0 < remainder x); [| unfold remainder, stirling, log_gamma in H; lra].
  apply (falls_to_zero remainder x 3).
  - intros y Y. assert (E := remainder_step y ltac:(lra)). assert (P := step_positive y ltac:(lra)). lra.
  - intros m M. now apply remainder_vanishes.
Qed.

Theorem stirling_upper : forall x,
  holds Less 0 x -> holds Less (ln (gamma (x + 1))) ((x + 1 / 2) * ln x - x + ln (2 * PI) / 2 + 1 / (12 * x)).
Proof.
  simpl. intros x X. assert (H : 0 < 1 / (12 * x) - remainder x); [| unfold remainder, stirling, log_gamma in H; lra].
  apply (falls_to_zero (fun x => 1 / (12 * x) - remainder x) x 3).
  - intros y Y. assert (E := remainder_step y ltac:(lra)). assert (P := step_upper y ltac:(lra)). lra.
  - intros m M. assert (R := remainder_vanishes x m X M). assert (P := pos_INR m).
    assert (0 < 1 / (12 * (x + INR m))) by (apply Rdiv_lt_0_compat; lra). lra.
Qed.

Theorem robbins_lower : forall x,
  holds AtMost (1 / 2) x -> holds Less ((x + 1 / 2) * ln x - x + ln (2 * PI) / 2 + 1 / (12 * x + 1)) (ln (gamma (x + 1))).
Proof.
  simpl. intros x X.
  assert (H : 0 < remainder x - 1 / (12 * x + 1)); [| unfold remainder, stirling, log_gamma in H; lra].
  apply (falls_to_zero (fun x => remainder x - 1 / (12 * x + 1)) x 4).
  - intros y Y. assert (E := remainder_step y ltac:(lra)). assert (P := step_robbins y ltac:(lra)). lra.
  - intros m M. assert (R := remainder_vanishes x m ltac:(lra) M). assert (P : 1 <= INR m) by (apply (le_INR 1); exact M).
    assert (1 / (12 * (x + INR m) + 1) <= 1 / INR m); [| unfold Rdiv in *; lra].
    unfold Rdiv. rewrite !Rmult_1_l. apply Rinv_le_contravar; lra.
Qed.
