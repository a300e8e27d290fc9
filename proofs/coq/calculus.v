(** The ladder: from a value and a slope to an inequality on a half-line; and the table of derivatives. *)

From Coq Require Import Reals Lra Lia.
From Coquelicot Require Import Coquelicot.
From Boundproof Require Import semantics.
Open Scope R_scope.

(** The mean value theorem with the point inside. *)
Lemma mean_value_inside : forall (f f' : R -> R) a b, a < b ->
  (forall u, a <= u <= b -> continuous f u) -> (forall u, a < u < b -> is_derive f u (f' u)) ->
  exists u, a < u < b /\ f b - f a = f' u * (b - a).
Proof.
  intros f f' a b Order Continuous Derivative.
  assert (D : forall u, a < u < b -> derivable_pt f u).
  { intros u U. exists (f' u). apply is_derive_Reals. now apply Derivative. }
  assert (I : forall u, a < u < b -> derivable_pt id u) by (intros; apply derivable_pt_id).
  destruct (MVT f id a b D I Order) as [u [U E]].
  - intros u U. apply continuity_pt_filterlim. now apply Continuous.
  - intros u _. apply derivable_continuous_pt, derivable_pt_id.
  - exists u. split; [exact U |]. rewrite (derive_pt_eq_0 _ _ _ (I u U) (derivable_pt_lim_id u)) in E.
    assert (V : derive_pt f u (D u U) = f' u).
    { apply derive_pt_eq_0. apply is_derive_Reals. now apply Derivative. }
    rewrite V in E. unfold id in E. lra.
Qed.

(** Upwards from [a <= x], or downwards from [x <= a]. *)
Theorem ladder : forall c (left right slope : R -> R) a x,
  c = AtMost \/ c = Less ->
  let f u := right u - left u in
  (a <= x /\
   (forall u, a <= u <= x -> continuous f u) /\ (forall u, a < u < x -> is_derive f u (slope u)) /\
   (forall u, a < u < x -> 0 <= slope u) \/
   x <= a /\
   (forall u, x <= u <= a -> continuous f u) /\ (forall u, x < u < a -> is_derive f u (slope u)) /\
   (forall u, x < u < a -> slope u <= 0)) ->
  holds c (left a) (right a) -> holds c (left x) (right x).
Proof.
  intros c left right slope a x C f H Base. assert (R : f a <= f x).
  - destruct H as [[O [K [D S]]] | [O [K [D S]]]].
    + destruct O as [O | ->]; [| apply Rle_refl].
      destruct (mean_value_inside f slope a x O K D) as [u [U E]].
      assert (0 <= slope u * (x - a)) by (apply Rmult_le_pos; [now apply S | lra]). lra.
    + destruct O as [O | ->]; [| apply Rle_refl].
      destruct (mean_value_inside f slope x a O K D) as [u [U E]].
      assert (slope u * (a - x) <= 0 * (a - x)) by (apply Rmult_le_compat_r; [lra | now apply S]). lra.
  - unfold f in R. destruct C as [-> | ->]; simpl in *; lra.
Qed.

(** Strictly, from a value that is not negative and a slope that is positive, if there is room to rise in. *)
Theorem ladder_strict : forall (left right slope : R -> R) a x,
  let f u := right u - left u in
  (a < x /\
   (forall u, a <= u <= x -> continuous f u) /\ (forall u, a < u < x -> is_derive f u (slope u)) /\
   (forall u, a < u < x -> 0 < slope u) \/
   x < a /\
   (forall u, x <= u <= a -> continuous f u) /\ (forall u, x < u < a -> is_derive f u (slope u)) /\
   (forall u, x < u < a -> slope u < 0)) ->
  holds AtMost (left a) (right a) -> holds Less (left x) (right x).
Proof.
  intros left right slope a x f H Base. assert (R : f a < f x).
  - destruct H as [[O [K [D S]]] | [O [K [D S]]]].
    + destruct (mean_value_inside f slope a x O K D) as [u [U E]].
      assert (0 < slope u * (x - a)) by (apply Rmult_lt_0_compat; [now apply S | lra]). lra.
    + destruct (mean_value_inside f slope x a O K D) as [u [U E]].
      assert (slope u * (a - x) < 0 * (a - x)) by (apply Rmult_lt_compat_r; [lra | now apply S]). lra.
  - unfold f in R. simpl in *. lra.
Qed.

(** A function whose slope has a sign, on an interval. *)
Lemma falls : forall c (f slope : R -> R) x y, c = AtMost \/ c = Less -> x < y ->
  (forall u, x <= u <= y -> continuous f u) -> (forall u, x < u < y -> is_derive f u (slope u)) ->
  (forall u, x < u < y -> holds c (slope u) 0) -> holds c (f y) (f x).
Proof.
  intros c f slope x y C Order K D S. destruct (mean_value_inside f slope x y Order K D) as [u [U E]].
  specialize (S u U). destruct C as [-> | ->]; simpl in *.
  - assert (slope u * (y - x) <= 0 * (y - x)) by (apply Rmult_le_compat_r; lra). lra.
  - assert (slope u * (y - x) < 0 * (y - x)) by (apply Rmult_lt_compat_r; lra). lra.
Qed.

Lemma rises : forall c (f slope : R -> R) x y, c = AtMost \/ c = Less -> x < y ->
  (forall u, x <= u <= y -> continuous f u) -> (forall u, x < u < y -> is_derive f u (slope u)) ->
  (forall u, x < u < y -> holds c 0 (slope u)) -> holds c (f x) (f y).
Proof.
  intros c f slope x y C Order K D S. destruct (mean_value_inside f slope x y Order K D) as [u [U E]].
  specialize (S u U). destruct C as [-> | ->]; simpl in *.
  - assert (0 * (y - x) <= slope u * (y - x)) by (apply Rmult_le_compat_r; lra). lra.
  - assert (0 * (y - x) < slope u * (y - x)) by (apply Rmult_lt_compat_r; lra). lra.
Qed.

(** [f u] is at least [-b/u], or at least [-b/sqrt u]; either vanishes at infinity. *)
Definition vanishing (b : R) (f : R -> R) (x : R) : Prop :=
  (forall u, x < u -> 1 <= u -> - (b / u) <= f u) \/ (forall u, x < u -> 1 <= u -> - (b / sqrt u) <= f u).

(** So there is a point beyond any other at which f is greater than any number below 0. *)
Lemma vanishing_reaches : forall b f x y e, vanishing b f x -> 0 < e -> exists u, x < u /\ y < u /\ - e < f u.
Proof.
  intros b f x y e V E. set (r := Rabs b / e + 1).
  assert (B := Rabs_pos b). assert (R1 : 1 <= r).
  { assert (0 <= Rabs b / e) by (apply Rmult_le_pos; [exact B | left; now apply Rinv_0_lt_compat]). unfold r. lra. }
  set (u := Rmax (Rmax x y + 1) (r * r)).
  assert (UX : x < u). { unfold u. assert (H := Rmax_l x y). assert (K := Rmax_l (Rmax x y + 1) (r * r)). lra. }
  assert (UY : y < u). { unfold u. assert (H := Rmax_r x y). assert (K := Rmax_l (Rmax x y + 1) (r * r)). lra. }
  assert (UR : r * r <= u) by apply Rmax_r. exists u. split; [exact UX | split; [exact UY |]].
  assert (S : r <= sqrt u). { rewrite <- (sqrt_square r) by lra. now apply sqrt_le_1_alt. }
  assert (T : r <= u). { apply Rle_trans with (2 := UR). rewrite <- (Rmult_1_l r) at 1. apply Rmult_le_compat_r; lra. }
  assert (Small : forall d, r <= d -> - e < - (b / d)).
  { intros d D. apply Ropp_lt_contravar. assert (A := Rle_abs b). apply (Rmult_lt_reg_r d); [lra |].
    unfold Rdiv. rewrite Rmult_assoc, Rinv_l, Rmult_1_r by lra.
    apply Rle_lt_trans with (1 := A). apply Rlt_le_trans with (e * r); [| apply Rmult_le_compat_l; lra].
    unfold r. replace (e * (Rabs b / e + 1)) with (Rabs b + e) by (field; lra). lra. }
  destruct V as [V | V].
  - apply Rlt_le_trans with (2 := V u UX ltac:(lra)). now apply Small.
  - apply Rlt_le_trans with (2 := V u UX ltac:(lra)). now apply Small.
Qed.

(** A falling function that stays above what vanishes at infinity. *)
Theorem ladder_from_infinity : forall c (left right slope : R -> R) b x,
  c = AtMost \/ c = Less ->
  let f u := right u - left u in
  (forall u, x <= u -> continuous f u) -> (forall u, x < u -> is_derive f u (slope u)) ->
  (forall u, x < u -> holds c (slope u) 0) -> vanishing b f x ->
  holds c (left x) (right x).
Proof.
  intros c left right slope b x C f K D S V.
  assert (F : forall u v, x <= u < v -> holds c (f v) (f u)).
  { intros u v U. apply (falls c f slope u v C); [lra | | |]; intros; [apply K | apply D | apply S]; lra. }
  assert (W : forall u, x <= u -> 0 <= f u).
  { intros u U. apply Rnot_lt_le. intro N. destruct (vanishing_reaches b f x u (- f u) V) as [v [VX [VU Above]]]; [lra |].
    assert (H := F u v (conj U VU)). destruct C as [-> | ->]; simpl in H; lra. }
  assert (H := F x (x + 1) ltac:(lra)). assert (P := W x ltac:(lra)). assert (Q := W (x + 1) ltac:(lra)).
  unfold f in *. destruct C as [-> | ->]; simpl in *; lra.
Qed.

(** A function that rises away from a, near which it stays above what vanishes there. *)
Lemma near_reaches : forall b e, 0 < e -> exists d, 0 < d /\ forall t, 0 < t < d -> - e < - (b * sqrt t).
Proof.
  intros b e E. set (s := e / (Rabs b + 1)). assert (B := Rabs_pos b).
  assert (S : 0 < s) by (apply Rdiv_lt_0_compat; lra). exists (s * s). split; [now apply Rmult_lt_0_compat |].
  intros t T. assert (R : sqrt t <= s). { rewrite <- (sqrt_square s) by lra. apply sqrt_le_1_alt. lra. }
  assert (P := sqrt_pos t). apply Ropp_lt_contravar. apply Rle_lt_trans with (Rabs b * s).
  - apply Rle_trans with (Rabs b * sqrt t); [apply Rmult_le_compat_r; [exact P | apply Rle_abs] |].
    now apply Rmult_le_compat_l.
  - replace e with ((Rabs b + 1) * s) at 1 by (unfold s; field; lra). lra.
Qed.

(** Upwards from [a < x], or downwards from [x < a]. *)
Theorem ladder_from_limit : forall c (left right slope : R -> R) b a x,
  c = AtMost \/ c = Less ->
  let f u := right u - left u in
  (a < x /\
   (forall u, a < u <= x -> continuous f u) /\ (forall u, a < u < x -> is_derive f u (slope u)) /\
   (forall u, a < u < x -> holds c 0 (slope u)) /\ (forall u, a < u < x -> - (b * sqrt (u - a)) <= f u) \/
   x < a /\
   (forall u, x <= u < a -> continuous f u) /\ (forall u, x < u < a -> is_derive f u (slope u)) /\
   (forall u, x < u < a -> holds c (slope u) 0) /\ (forall u, x < u < a -> - (b * sqrt (a - u)) <= f u)) ->
  holds c (left x) (right x).
Proof.
  intros c left right slope b a x C f H. destruct H as [[O [K [D [S V]]]] | [O [K [D [S V]]]]].
  - assert (F : forall u v, a < u < v -> v <= x -> holds c (f u) (f v)).
    { intros u v U L. apply (rises c f slope u v C); [lra | | |]; intros; [apply K | apply D | apply S]; lra. }
    assert (W : forall u, a < u <= x -> 0 <= f u).
    { intros u U. apply Rnot_lt_le. intro N. destruct (near_reaches b (- f u) ltac:(lra)) as [d [P Near]].
      set (v := Rmin (a + d / 2) ((a + u) / 2)).
      assert (V1 : v <= a + d / 2) by apply Rmin_l. assert (V2 : v <= (a + u) / 2) by apply Rmin_r.
      assert (V3 : a < v) by (apply Rmin_glb_lt; lra). specialize (Near (v - a) ltac:(lra)).
      specialize (V v ltac:(lra)). assert (G := F v u ltac:(lra) ltac:(lra)). destruct C as [-> | ->]; simpl in G; lra. }
    assert (G := F ((a + x) / 2) x ltac:(lra) ltac:(lra)). assert (P := W x ltac:(lra)).
    assert (Q := W ((a + x) / 2) ltac:(lra)). unfold f in *. destruct C as [-> | ->]; simpl in *; lra.
  - assert (F : forall u v, u < v < a -> x <= u -> holds c (f v) (f u)).
    { intros u v U L. apply (falls c f slope u v C); [lra | | |]; intros; [apply K | apply D | apply S]; lra. }
    assert (W : forall u, x <= u < a -> 0 <= f u).
    { intros u U. apply Rnot_lt_le. intro N. destruct (near_reaches b (- f u) ltac:(lra)) as [d [P Near]].
      set (v := Rmax (a - d / 2) ((a + u) / 2)).
      assert (V1 : a - d / 2 <= v) by apply Rmax_l. assert (V2 : (a + u) / 2 <= v) by apply Rmax_r.
      assert (V3 : v < a) by (apply Rmax_lub_lt; lra). specialize (Near (a - v) ltac:(lra)).
      specialize (V v ltac:(lra)). assert (G := F u v ltac:(lra) ltac:(lra)). destruct C as [-> | ->]; simpl in G; lra. }
    assert (G := F x ((a + x) / 2) ltac:(lra) ltac:(lra)). assert (P := W x ltac:(lra)).
    assert (Q := W ((a + x) / 2) ltac:(lra)). unfold f in *. destruct C as [-> | ->]; simpl in *; lra.
Qed.

(** w f' falls, where w > 0: once f falls it does so for good. *)
Lemma keeps_falling : forall (w slope bent : R -> R) u v, u < v ->
  (forall t, u <= t <= v -> is_derive (fun t => w t * slope t) t (bent t)) ->
  0 < w u -> 0 < w v -> (forall t, u <= t <= v -> bent t <= 0) -> slope u < 0 -> slope v < 0.
Proof.
  intros w slope bent u v Order D U V B S.
  assert (G : w v * slope v <= w u * slope u).
  { apply (falls AtMost (fun t => w t * slope t) bent u v (or_introl eq_refl) Order).
    - intros t T. apply (ex_derive_continuous (fun t => w t * slope t)). exists (bent t). now apply D.
    - intros t T. apply D. lra.
    - intros t T. apply B. lra. }
  apply Rnot_le_lt. intro N. assert (0 <= w v * slope v) by (apply Rmult_le_pos; lra).
  assert (w u * slope u < w u * 0) by now apply Rmult_lt_compat_l. lra.
Qed.

(** A function that rises and then falls is least at an end. *)
Theorem unimodal : forall c (left right slope w bent : R -> R) a b x,
  c = AtMost \/ c = Less -> holds AtMost a x -> holds AtMost x b ->
  let f u := right u - left u in
  (forall u, a <= u <= b -> continuous f u) -> (forall u, a < u < b -> is_derive f u (slope u)) ->
  (forall u, a < u < b -> is_derive (fun u => w u * slope u) u (bent u)) ->
  (forall u, a < u < b -> 0 < w u) -> (forall u, a < u < b -> bent u <= 0) ->
  holds c (left a) (right a) -> holds c (left b) (right b) -> holds c (left x) (right x).
Proof.
  simpl. intros c left right slope w bent a b x C A B K D E P N HA HB.
  destruct A as [A | <-]; [| exact HA]. destruct B as [B | ->]; [| exact HB].
  set (f := fun u => right u - left u) in *.
  assert (Least : ~ (f x < f a /\ f x < f b)).
  { intros [FA FB].
    destruct (mean_value_inside f slope a x A) as [u [U SU]]; [intros; apply K; lra | intros; apply D; lra |].
    destruct (mean_value_inside f slope x b B) as [v [V SV]]; [intros; apply K; lra | intros; apply D; lra |].
    assert (S : slope u < 0). { apply Rnot_le_lt. intro Q. assert (0 <= slope u * (x - a)) by (apply Rmult_le_pos; lra). lra. }
    assert (T : slope v < 0).
    { apply (keeps_falling w slope bent u v); try apply P; try lra; intros; [apply E | apply N]; lra. }
    assert (slope v * (b - x) < 0 * (b - x)) by (apply Rmult_lt_compat_r; lra). lra. }
  unfold f in Least. destruct C as [-> | ->]; simpl in *; lra.
Qed.

(** The same with infinity for the far end. *)
Theorem unimodal_to_infinity : forall (left right slope w bent : R -> R) b a x,
  holds AtMost a x ->
  let f u := right u - left u in
  (forall u, a <= u -> continuous f u) -> (forall u, a < u -> is_derive f u (slope u)) ->
  (forall u, a < u -> is_derive (fun u => w u * slope u) u (bent u)) ->
  (forall u, a < u -> 0 < w u) -> (forall u, a < u -> bent u <= 0) ->
  holds AtMost (left a) (right a) -> vanishing b f x -> holds AtMost (left x) (right x).
Proof.
  simpl. intros left right slope w bent b a x A K D E P N HA V. destruct A as [A | <-]; [| exact HA].
  set (f := fun u => right u - left u) in *. assert (0 <= f x); [| unfold f in *; lra]. apply Rnot_lt_le. intro Neg.
  destruct (mean_value_inside f slope a x A) as [u [U SU]]; [intros; apply K; lra | intros; apply D; lra |].
  assert (FA : 0 <= f a) by (unfold f; lra).
  assert (S : slope u < 0). { apply Rnot_le_lt. intro Q. assert (0 <= slope u * (x - a)) by (apply Rmult_le_pos; lra). lra. }
  destruct (vanishing_reaches b f x x (- f x) V) as [v [VX [_ Above]]]; [lra |].
  assert (F : f v <= f x).
  { apply (falls AtMost f slope x v (or_introl eq_refl) VX); simpl.
    - intros t T. apply K. lra.
    - intros t T. apply D. lra.
    - intros t T. left. apply (keeps_falling w slope bent u t); try apply P; try lra; intros; [apply E | apply N]; lra. }
  lra.
Qed.

(** * The derivatives that [ladder] and [split] use, each where its condition holds *)

Section Derivatives.
  Variables (f g : R -> R) (x f' g' : R).
  Hypothesis F : is_derive f x f'.
  Hypothesis G : is_derive g x g'.

  Lemma derivative_negate : is_derive (fun u => - f u) x (- f').
  Proof. now apply (is_derive_opp f). Qed.
  Lemma derivative_add : is_derive (fun u => f u + g u) x (f' + g').
  Proof. now apply (is_derive_plus f g). Qed.
  Lemma derivative_subtract : is_derive (fun u => f u - g u) x (f' - g').
  Proof. now apply (is_derive_minus f g). Qed.
  Lemma derivative_multiply : is_derive (fun u => f u * g u) x (f' * g x + f x * g').
  Proof. now apply (is_derive_mult f g); [| | intros; apply Rmult_comm]. Qed.
  Lemma derivative_divide_constant : forall b, is_derive (fun u => f u / b) x (f' / b).
  Proof.
    intro b. unfold Rdiv. rewrite (Rmult_comm f'). apply (is_derive_ext (fun u => / b * f u)).
    - intro. apply Rmult_comm.
    - now apply (is_derive_scal f).
  Qed.
  Lemma derivative_divide : g x <> 0 -> is_derive (fun u => f u / g u) x ((f' * g x - f x * g') / g x ^ 2).
  Proof. intro N. now apply is_derive_div. Qed.

  Lemma derivative_outer : forall h h', is_derive h (f x) h' -> is_derive (fun u => h (f u)) x (h' * f').
  Proof. intros h h' H. rewrite Rmult_comm. now apply (is_derive_comp h f). Qed.
End Derivatives.

Lemma derivative_exp : forall u, is_derive exp u (exp u).
Proof. exact is_derive_exp. Qed.
Lemma derivative_log : forall u, 0 < u -> is_derive ln u (1 / u).
Proof. intros u U. auto_derive; [exact U | lra]. Qed.
Lemma derivative_sqrt : forall u, 0 < u -> is_derive sqrt u (1 / (2 * sqrt u)).
Proof. intros u U. auto_derive; [exact U | reflexivity]. Qed.
Lemma derivative_sin : forall u, is_derive sin u (cos u).
Proof. exact is_derive_sin. Qed.
Lemma derivative_cos : forall u, is_derive cos u (- sin u).
Proof. exact is_derive_cos. Qed.
Lemma derivative_sinh : forall u, is_derive sinh u (cosh u).
Proof. intro u. unfold sinh. auto_derive; [trivial | unfold cosh; field]. Qed.
Lemma derivative_cosh : forall u, is_derive cosh u (sinh u).
Proof. intro u. unfold cosh. auto_derive; [trivial | unfold sinh; field]. Qed.
Lemma derivative_tanh : forall u, is_derive tanh u (1 - tanh u ^ 2).
Proof.
  intro u. unfold tanh, sinh, cosh. assert (H := exp_pos u). assert (K := exp_pos (- u)).
  auto_derive; [lra | field; lra].
Qed.
Lemma derivative_atan : forall u, is_derive atan u (1 / (1 + u ^ 2)).
Proof. intro u. apply is_derive_Reals. replace (1 / (1 + u ^ 2)) with (/ (1 + u ^ 2)) by lra. apply derivable_pt_lim_atan. Qed.
Lemma derivative_erf : forall u, is_derive erf u (2 / sqrt PI * exp (- u ^ 2)).
Proof. exact is_derive_erf. Qed.
Lemma derivative_normal_tail : forall u,
  is_derive normal_tail u (- (exp (- (u ^ 2 / 2)) / sqrt (2 * PI))).
Proof.
  intro u. unfold normal_tail.
  assert (S : 0 < sqrt 2) by (apply sqrt_lt_R0; lra). assert (P := PI_RGT_0).
  assert (Q : 0 < sqrt PI) by now apply sqrt_lt_R0.
  assert (E := derivative_outer (fun t => t / sqrt 2) u (1 / sqrt 2)
                 (derivative_divide_constant id u 1 (is_derive_id u) (sqrt 2)) erf _ (is_derive_erf (u / sqrt 2))).
  assert (D := derivative_divide_constant _ u _
                 (derivative_subtract _ _ u 0 _ (is_derive_const 1 u) E) 2).
  replace (- (exp (- (u ^ 2 / 2)) / sqrt (2 * PI)))
    with ((0 - 2 / sqrt PI * exp (- (u / sqrt 2) ^ 2) * (1 / sqrt 2)) / 2); [exact D |].
  replace ((u / sqrt 2) ^ 2) with (u ^ 2 / 2).
  - rewrite sqrt_mult by lra. field. lra.
  - unfold Rdiv. rewrite Rpow_mult_distr, pow_inv, pow2_sqrt by lra. reflexivity.
Qed.

(** Powers: an exponent that is an integer literal, any other exponent without the variable, and one with it. *)
Lemma derivative_pow : forall u n, is_derive (fun u => u ^ n) u (INR n * u ^ pred n).
Proof. intros u n. auto_derive; [trivial | ring]. Qed.
Lemma derivative_pow_negative : forall u n, u <> 0 -> is_derive (fun u => / (u ^ n)) u (- INR n * / (u ^ S n)).
Proof.
  intros u n U. assert (N := pow_nonzero u n U). auto_derive; [exact N |].
  destruct n as [| n]; [simpl; field; exact U |]. simpl pred. simpl pow. assert (M := pow_nonzero u n U). field. lra.
Qed.

Lemma positive_near : forall u : R, 0 < u -> locally u (fun t => 0 < t).
Proof. intros u U. exact (open_gt 0 u U). Qed.

Lemma derivative_power_constant : forall u b, 0 < u -> is_derive (fun u => power u b) u (b * power u (b - 1)).
Proof.
  intros u b U. apply (is_derive_ext_loc (fun t => exp (b * ln t))).
  - apply (filter_imp (fun t => 0 < t)); [| now apply positive_near]. intros t T. now rewrite power_of_positive.
  - auto_derive; [exact U |]. rewrite power_of_positive by exact U.
    replace ((b - 1) * ln u) with (b * ln u + - ln u) by ring. rewrite exp_plus, exp_Ropp, exp_ln by exact U.
    field. lra.
Qed.

Lemma derivative_power : forall (f g : R -> R) x f' g',
  is_derive f x f' -> is_derive g x g' -> 0 < f x ->
  is_derive (fun u => power (f u) (g u)) x (power (f x) (g x) * (g' * ln (f x) + g x * (f' / f x))).
Proof.
  intros f g x f' g' F G P. apply (is_derive_ext_loc (fun t => exp (g t * ln (f t)))).
  - assert (K : continuous f x) by (apply (ex_derive_continuous f); now exists f').
    assert (L : locally x (fun t => 0 < f t)) by (apply (K (fun y => 0 < y)); now apply positive_near).
    revert L. apply filter_imp. intros t T. now rewrite power_of_positive.
  - rewrite power_of_positive by exact P.
    assert (L := derivative_outer f x f' F ln _ (derivative_log (f x) P)).
    assert (M := derivative_multiply g _ x g' _ G L).
    assert (E := derivative_outer _ x _ M exp _ (is_derive_exp _)). cbv beta in E.
    replace (g' * ln (f x) + g x * (f' / f x)) with (g' * ln (f x) + g x * (1 / f x * f')) by (field; lra).
    exact E.
Qed.

(** What is continuous without being differentiable: roots at 0. *)
Lemma continuous_sqrt : forall u, 0 <= u -> continuous sqrt u.
Proof. intros u U. apply continuity_pt_filterlim. now apply continuity_pt_sqrt. Qed.
