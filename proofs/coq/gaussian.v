(** The integral of [exp (- t^2)], and how close the error function comes to 1. Owns what [mills_ratio] and Stirling's
    constant need of it. *)

From Coq Require Import Reals Lra.
From Coquelicot Require Import Coquelicot.
From Boundproof Require Import semantics calculus.
Open Scope R_scope.

Definition bell (t : R) : R := exp (- t ^ 2).

Lemma bell_derivative : forall t, is_derive bell t (- (2 * t) * bell t).
Proof. intro t. unfold bell. auto_derive; [trivial | simpl; ring]. Qed.
Lemma bell_continuous : forall t, continuous bell t.
Proof. intro t. apply (ex_derive_continuous bell). eexists. apply bell_derivative. Qed.
Lemma bell_integrable : forall a b, ex_RInt bell a b.
Proof. intros a b. apply (ex_RInt_continuous (V := R_CompleteNormedModule)). intros t _. apply bell_continuous. Qed.

(** E and G: [E^2 + G] is constant, since [E E' = exp (- x^2) E x] and [G' = - 2 exp (- x^2) E x]. *)
Definition E (x : R) : R := RInt bell 0 x.
Definition kernel (x t : R) : R := exp (- (x ^ 2 * (1 + t ^ 2))) / (1 + t ^ 2).
Definition G (x : R) : R := RInt (kernel x) 0 1.

Lemma square_room : forall t, 0 < 1 + t ^ 2.
Proof. intro t. assert (H := pow2_ge_0 t). lra. Qed.

Lemma derivative_E : forall x, is_derive E x (bell x).
Proof.
  intro x. apply (is_derive_RInt bell E 0 x); [| apply bell_continuous].
  apply filter_forall. intro y. apply (RInt_correct (V := R_CompleteNormedModule)), bell_integrable.
Qed.

Lemma derivative_kernel : forall x t, is_derive (fun x => kernel x t) x (- (2 * x) * exp (- (x ^ 2 * (1 + t ^ 2)))).
Proof. intros x t. unfold kernel. assert (H := square_room t). auto_derive; [lra | simpl; field; simpl in H; lra]. Qed.

Lemma kernel_continuous : forall x t, continuous (kernel x) t.
Proof. intros x t. apply (ex_derive_continuous (kernel x)). unfold kernel. assert (H := square_room t). auto_derive. lra. Qed.
Lemma kernel_integrable : forall x a b, ex_RInt (kernel x) a b.
Proof. intros x a b. apply (ex_RInt_continuous (V := R_CompleteNormedModule)). intros t _. apply kernel_continuous. Qed.

Lemma slope_of_G : forall x, RInt (fun t => - (2 * x) * exp (- (x ^ 2 * (1 + t ^ 2)))) 0 1 = - (2 * bell x * E x).
Proof.
  intro x. assert (C := RInt_comp_lin bell x 0 0 1 (bell_integrable _ _)).
  replace (x * 0 + 0) with 0 in C by ring. replace (x * 1 + 0) with x in C by ring. unfold E. rewrite <- C.
  transitivity (scal (- (2 * bell x)) (RInt (fun t => scal x (bell (x * t + 0))) 0 1));
    [| exact (Ropp_mult_distr_l_reverse (2 * bell x) _)].
  symmetry. transitivity (RInt (fun t => scal (- (2 * bell x)) (scal x (bell (x * t + 0)))) 0 1).
  { symmetry. apply (RInt_scal (V := R_CompleteNormedModule)).
    apply (ex_RInt_continuous (V := R_CompleteNormedModule)). intros t _.
    apply (ex_derive_continuous (fun y => scal x (bell (x * y + 0)))). unfold bell, scal; simpl; unfold mult; simpl.
    auto_derive. trivial. }
  apply RInt_ext. intros t _. unfold scal; simpl; unfold mult; simpl. unfold bell.
  replace (- (x * (x * 1) * (1 + t * (t * 1)))) with (- x ^ 2 + - (x * t + 0) ^ 2) by (simpl; ring).
  rewrite exp_plus. simpl. ring.
Qed.

Lemma continuity_of_slope : forall x t, continuity_2d_pt (fun u v => Derive (fun z => kernel z v) u) x t.
Proof.
  intros x t. apply (continuity_2d_pt_ext (fun u v => - (2 * u) * exp (- (u ^ 2 * (1 + v ^ 2))))).
  - intros u v. symmetry. apply is_derive_unique, derivative_kernel.
  - apply continuity_2d_pt_mult.
    + apply (continuity_1d_2d_pt_comp (fun u => - (2 * u)) (fun u v => u)).
      * apply continuity_pt_filterlim, (ex_derive_continuous (fun u => - (2 * u))). auto_derive. trivial.
      * apply continuity_2d_pt_id1.
    + apply (continuity_1d_2d_pt_comp (fun u => exp (- u)) (fun u v => u ^ 2 * (1 + v ^ 2))).
      * apply continuity_pt_filterlim, (ex_derive_continuous (fun u => exp (- u))). auto_derive. trivial.
      * apply continuity_2d_pt_mult.
        -- apply (continuity_1d_2d_pt_comp (fun u => u ^ 2) (fun u v => u)); [| apply continuity_2d_pt_id1].
           apply continuity_pt_filterlim, (ex_derive_continuous (fun u => u ^ 2)). auto_derive. trivial.
        -- apply (continuity_1d_2d_pt_comp (fun u => 1 + u ^ 2) (fun u v => v)); [| apply continuity_2d_pt_id2].
           apply continuity_pt_filterlim, (ex_derive_continuous (fun u => 1 + u ^ 2)). auto_derive. trivial.
Qed.

Lemma derivative_G : forall x, is_derive G x (- (2 * bell x * E x)).
Proof.
  intro x. rewrite <- slope_of_G.
  replace (RInt (fun t => - (2 * x) * exp (- (x ^ 2 * (1 + t ^ 2)))) 0 1)
    with (RInt (fun t => Derive (fun u => kernel u t) x) 0 1).
  - apply (is_derive_RInt_param kernel 0 1 x).
    + apply filter_forall. intros u t _. eexists. apply derivative_kernel.
    + intros t _. apply continuity_of_slope.
    + apply filter_forall. intro u. apply kernel_integrable.
  - apply RInt_ext. intros t _. apply is_derive_unique, derivative_kernel.
Qed.

Lemma G_zero : G 0 = PI / 4.
Proof.
  replace (PI / 4) with (atan 1 - atan 0) by (rewrite atan_1, atan_0; ring). apply is_RInt_unique.
  apply (is_RInt_ext (fun t => / (1 + t ^ 2))).
  - intros t _. unfold kernel. replace (- (0 ^ 2 * (1 + t ^ 2))) with 0 by ring. rewrite exp_0. symmetry. apply Rmult_1_l.
  - apply (is_RInt_derive atan).
    + intros t _. rewrite <- (Rmult_1_l (/ _)). apply derivative_atan.
    + intros t _. assert (H := square_room t). apply (ex_derive_continuous (fun t => / (1 + t ^ 2))). auto_derive. lra.
Qed.

Lemma E_squared : forall x, 0 <= x -> E x ^ 2 + G x = PI / 4.
Proof.
  assert (D : forall x, is_derive (fun x => E x ^ 2 + G x) x 0).
  { intro x. assert (P := derivative_outer E x _ (derivative_E x) (fun v => v ^ 2) _ (derivative_pow (E x) 2)).
    replace 0 with (INR 2 * E x ^ 1 * bell x + - (2 * bell x * E x)) by (simpl; ring).
    exact (derivative_add _ _ x _ _ P (derivative_G x)). }
  intros x [X | <-].
  - rewrite <- (eq_is_derive (fun x => E x ^ 2 + G x) 0 x (fun t _ => D t) X).
    rewrite G_zero. unfold E. rewrite RInt_point. unfold zero; simpl. ring.
  - rewrite G_zero. unfold E. rewrite RInt_point. unfold zero; simpl. ring.
Qed.

Lemma G_bounds : forall x, 0 <= G x <= bell x * (PI / 4).
Proof.
  intro x. split.
  - apply RInt_ge_0; [lra | apply kernel_integrable |]. intros t _. unfold kernel. assert (H := square_room t).
    left. apply Rdiv_lt_0_compat; [apply exp_pos | exact H].
  - rewrite <- G_zero. unfold G. rewrite <- (RInt_scal (V := R_CompleteNormedModule)) by apply kernel_integrable.
    apply RInt_le; [lra | apply kernel_integrable | apply (ex_RInt_scal (V := R_NormedModule)), kernel_integrable |].
    intros t _. unfold scal; simpl; unfold mult; simpl. unfold kernel, bell. assert (H := square_room t).
    unfold Rdiv. rewrite <- Rmult_assoc. apply Rmult_le_compat_r; [left; now apply Rinv_0_lt_compat |].
    rewrite <- exp_plus. assert (K := pow2_ge_0 x). assert (L := pow2_ge_0 t).
    assert (0 <= x ^ 2 * t ^ 2) by now apply Rmult_le_pos.
    assert (O : - (x ^ 2 * (1 + t ^ 2)) <= - x ^ 2 + - (0 ^ 2 * (1 + t ^ 2))) by (simpl in *; lra).
    destruct O as [O | ->]; [left; now apply exp_increasing | apply Rle_refl].
Qed.

Lemma erf_E : forall x, erf x = 2 / sqrt PI * E x.
Proof. reflexivity. Qed.

Lemma erf_zero : erf 0 = 0.
Proof. rewrite erf_E. unfold E. rewrite RInt_point. unfold zero; simpl. ring. Qed.

Lemma sqrt_PI_positive : 0 < sqrt PI.
Proof. apply sqrt_lt_R0, PI_RGT_0. Qed.

(** The gap to 1 is at most [exp (- x^2)]. *)
Theorem erf_bounds : forall x, 0 <= x -> 1 - bell x <= erf x <= 1 /\ 0 <= erf x.
Proof.
  intros x X. assert (S := E_squared x X). destruct (G_bounds x) as [Low High]. assert (P := PI_RGT_0).
  assert (N : 0 <= E x).
  { apply RInt_ge_0; [exact X | apply bell_integrable |]. intros t _. left. apply exp_pos. }
  assert (Q := sqrt_PI_positive). assert (R : sqrt PI * sqrt PI = PI) by (apply sqrt_sqrt; lra).
  assert (Z : 0 <= erf x). { rewrite erf_E. apply Rmult_le_pos; [left; apply Rdiv_lt_0_compat; lra | exact N]. }
  assert (I : 0 < 4 / PI) by (apply Rdiv_lt_0_compat; lra).
  assert (J : 4 / PI = 4 / (sqrt PI * sqrt PI)) by (now rewrite R).
  assert (Square : erf x ^ 2 = 4 / PI * E x ^ 2) by (rewrite J, erf_E; field; lra).
  replace (E x ^ 2) with (PI / 4 - G x) in Square by lra.
  assert (F : erf x ^ 2 = 1 - 4 / PI * G x) by (rewrite Square; field; lra).
  assert (G1 : 0 <= 4 / PI * G x) by (apply Rmult_le_pos; lra).
  assert (G2 : 4 / PI * G x <= 4 / PI * (bell x * (PI / 4))) by (apply Rmult_le_compat_l; lra).
  replace (4 / PI * (bell x * (PI / 4))) with (bell x) in G2 by (field; lra).
  assert (U : erf x <= 1).
  { apply Rnot_lt_le. intro W. assert (1 * 1 < erf x * erf x) by (apply Rmult_le_0_lt_compat; lra). simpl in F. lra. }
  split; [split; [| exact U] | exact Z].
  assert (erf x * erf x <= erf x * 1) by (apply Rmult_le_compat_l; lra). simpl in F. lra.
Qed.
