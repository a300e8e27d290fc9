(** Ends of the ranges of erf, normal_tail and gamma, and values of factorials: what exported enclosures use of them. *)

From Coq Require Import Reals ZArith Lra.
From Coquelicot Require Import Coquelicot.
From Boundproof Require Import semantics calculus gaussian power trigonometric gamma combinatorial.
Open Scope R_scope.

Lemma gamma_above_zero : forall a, 0 < a -> 0 < semantics.gamma a.
Proof. exact gamma_positive. Qed.

(** * erf *)

Lemma erf_increasing : forall a b, a < b -> erf a < erf b.
Proof.
  intros a b O. apply (rises Less erf (fun u => 2 / sqrt PI * exp (- u ^ 2)) a b (or_intror eq_refl) O).
  - intros u _. apply (ex_derive_continuous erf). eexists. apply derivative_erf.
  - intros u _. apply derivative_erf.
  - intros u _. assert (Q := sqrt_PI_positive). apply Rmult_lt_0_compat; [apply Rdiv_lt_0_compat; lra | apply exp_pos].
Qed.

Lemma erf_odd : forall x, 0 <= x -> erf (- x) = - erf x.
Proof.
  intros x [X | <-]; [| rewrite Ropp_0, erf_zero; ring].
  assert (D : forall t, is_derive (fun t => erf (- t) + erf t) t 0).
  { intro t. assert (N := derivative_outer (fun u => - u) t _ (derivative_negate id t 1 (is_derive_id t)) erf _ (derivative_erf (- t))).
    assert (E := derivative_add _ _ t _ _ N (derivative_erf t)).
    replace 0 with (2 / sqrt PI * exp (- (- t) ^ 2) * - 1 + 2 / sqrt PI * exp (- t ^ 2)); [exact E |].
    replace ((- t) ^ 2) with (t ^ 2) by ring. ring. }
  assert (H := eq_is_derive (fun t => erf (- t) + erf t) 0 x (fun t _ => D t) X). cbv beta in H.
  rewrite Ropp_0, erf_zero in H. lra.
Qed.

Lemma erf_below_one : forall a, erf a < 1.
Proof.
  intro a. assert (M := Rmax_l a 0). assert (N := Rmax_r a 0). set (m := Rmax a 0) in *.
  destruct (erf_bounds (m + 1) ltac:(lra)) as [[_ B] _]. assert (H := erf_increasing a (m + 1) ltac:(lra)). lra.
Qed.
Lemma erf_above : forall a, - 1 < erf a.
Proof.
  intro a. destruct (Rle_lt_dec 0 a) as [P | N].
  - destruct (erf_bounds a P) as [_ Q]. lra.
  - assert (O := erf_odd (- a) ltac:(lra)). rewrite Ropp_involutive in O. assert (B := erf_below_one (- a)). lra.
Qed.

Lemma erf_at_least : forall q a m, m <= erf q -> q <= a -> m <= erf a.
Proof. intros q a m M [A | <-]; [assert (H := erf_increasing q a A); lra | exact M]. Qed.
Lemma erf_at_most : forall q a m, erf q <= m -> a <= q -> erf a <= m.
Proof. intros q a m M [A | ->]; [assert (H := erf_increasing a q A); lra | exact M]. Qed.
Lemma erf_greater : forall q a m, m <= erf q -> q < a -> m < erf a.
Proof. intros q a m M A. assert (H := erf_increasing q a A). lra. Qed.
Lemma erf_less : forall q a m, erf q <= m -> a < q -> erf a < m.
Proof. intros q a m M A. assert (H := erf_increasing a q A). lra. Qed.
Lemma erf_zero_at_least : 0 <= erf 0.
Proof. rewrite erf_zero. lra. Qed.
Lemma erf_zero_at_most : erf 0 <= 0.
Proof. rewrite erf_zero. lra. Qed.

(** * normal_tail *)

Lemma normal_tail_decreasing : forall a b, a < b -> normal_tail b < normal_tail a.
Proof.
  intros a b O. assert (S : 0 < / sqrt 2) by (apply Rinv_0_lt_compat, sqrt_lt_R0; lra).
  assert (H := erf_increasing (a / sqrt 2) (b / sqrt 2) (Rmult_lt_compat_r _ _ _ S O)). unfold normal_tail. lra.
Qed.
Lemma normal_tail_positive : forall a, 0 < normal_tail a.
Proof. intro a. assert (H := erf_below_one (a / sqrt 2)). unfold normal_tail. lra. Qed.
Lemma normal_tail_below_one : forall a, normal_tail a < 1.
Proof. intro a. assert (H := erf_above (a / sqrt 2)). unfold normal_tail. lra. Qed.

Lemma normal_tail_at_least : forall q a m, m <= normal_tail q -> a <= q -> m <= normal_tail a.
Proof. intros q a m M [A | ->]; [assert (H := normal_tail_decreasing a q A); lra | exact M]. Qed.
Lemma normal_tail_at_most_ : forall q a m, normal_tail q <= m -> q <= a -> normal_tail a <= m.
Proof. intros q a m M [A | <-]; [assert (H := normal_tail_decreasing q a A); lra | exact M]. Qed.
Lemma normal_tail_greater : forall q a m, m <= normal_tail q -> a < q -> m < normal_tail a.
Proof. intros q a m M A. assert (H := normal_tail_decreasing a q A). lra. Qed.
Lemma normal_tail_less : forall q a m, normal_tail q <= m -> q < a -> normal_tail a < m.
Proof. intros q a m M A. assert (H := normal_tail_decreasing q a A). lra. Qed.

(** The value at 0. *)
Lemma normal_tail_zero : normal_tail 0 = 1 / 2.
Proof. unfold normal_tail. replace (0 / sqrt 2) with 0 by (unfold Rdiv; ring). rewrite erf_zero. lra. Qed.
Lemma normal_tail_zero_at_least : 1 / 2 <= normal_tail 0.
Proof. rewrite normal_tail_zero. lra. Qed.
Lemma normal_tail_zero_at_most : normal_tail 0 <= 1 / 2.
Proof. rewrite normal_tail_zero. lra. Qed.

(** Far out, where the integral is hard to compute: by Mills' ratio. *)
Lemma normal_tail_by_mills : forall q m, 0 < q -> exp (- (q ^ 2 / 2)) / (q * sqrt (2 * PI)) <= m -> normal_tail q <= m.
Proof. intros q m Q M. apply Rle_trans with (2 := M). now apply mills_ratio. Qed.

(** And from below: the tail is above [q^2/(1 + q^2)] times Mills' ratio, which rises more slowly to 0 than it falls. *)
Lemma normal_tail_above_mills : forall q, 0 < q -> exp (- (q ^ 2 / 2)) * q / ((q ^ 2 + 1) * sqrt (2 * PI)) <= normal_tail q.
Proof.
  intros q T. assert (P := PI_RGT_0). assert (Q : 1 < sqrt (2 * PI)).
  { rewrite <- sqrt_1. apply sqrt_lt_1_alt. assert (H := PI2_1). lra. }
  set (bound := fun u => exp (- (u ^ 2 / 2)) * u / ((u ^ 2 + 1) * sqrt (2 * PI))). change (holds AtMost (bound q) (normal_tail q)).
  set (slope := fun u => - (2 * exp (- (u ^ 2 / 2)) / ((u ^ 2 + 1) ^ 2 * sqrt (2 * PI)))).
  assert (D : forall u, is_derive (fun u => normal_tail u - bound u) u (slope u)).
  { intro u. assert (W := pow2_ge_0 u).
    assert (B : is_derive bound u
      (- (exp (- (u ^ 2 / 2)) / sqrt (2 * PI)) + 2 * exp (- (u ^ 2 / 2)) / ((u ^ 2 + 1) ^ 2 * sqrt (2 * PI)))).
    { unfold bound. clear slope bound. generalize dependent (sqrt (2 * PI)). intros r R. auto_derive.
      - apply Rgt_not_eq, Rmult_lt_0_compat; simpl in *; lra.
      - simpl in *. unfold Rdiv. field. lra. }
    assert (R := derivative_subtract _ _ u _ _ (derivative_normal_tail u) B). unfold slope.
    replace (- (2 * exp (- (u ^ 2 / 2)) / ((u ^ 2 + 1) ^ 2 * sqrt (2 * PI)))) with
      (- (exp (- (u ^ 2 / 2)) / sqrt (2 * PI)) -
        (- (exp (- (u ^ 2 / 2)) / sqrt (2 * PI)) + 2 * exp (- (u ^ 2 / 2)) / ((u ^ 2 + 1) ^ 2 * sqrt (2 * PI)))) by ring.
    exact R. }
  apply (ladder_from_infinity AtMost bound normal_tail slope 1 q); [now left | | | |].
  - intros u _. apply (ex_derive_continuous (fun u => normal_tail u - bound u)). eexists. apply D.
  - intros u _. apply D.
  - intros u _. unfold holds, slope. assert (W := pow2_ge_0 u).
    assert (0 < 2 * exp (- (u ^ 2 / 2)) / ((u ^ 2 + 1) ^ 2 * sqrt (2 * PI))); [| lra].
    assert (X := exp_pos (- (u ^ 2 / 2))).
    apply Rdiv_lt_0_compat; [lra |]. apply Rmult_lt_0_compat; [apply pow_lt; lra | lra].
  - left. intros u U U1. assert (N := normal_tail_positive u). assert (W := pow2_ge_0 u).
    assert (bound u <= 1 / u); [| lra]. assert (E : exp (- (u ^ 2 / 2)) <= 1) by (rewrite <- exp_0; apply power.exp_at_most; lra).
    apply (Rmult_le_reg_r ((u ^ 2 + 1) * sqrt (2 * PI) * u)); [apply Rmult_lt_0_compat; [apply Rmult_lt_0_compat |]; lra |].
    replace (bound u * ((u ^ 2 + 1) * sqrt (2 * PI) * u)) with (exp (- (u ^ 2 / 2)) * u ^ 2) by (unfold bound; field; lra).
    replace (1 / u * ((u ^ 2 + 1) * sqrt (2 * PI) * u)) with ((u ^ 2 + 1) * sqrt (2 * PI)) by (field; lra).
    apply Rle_trans with (1 * u ^ 2); [now apply Rmult_le_compat_r |].
    apply Rle_trans with ((u ^ 2 + 1) * 1); [lra | apply Rmult_le_compat_l; lra].
Qed.
Lemma normal_tail_from_mills : forall q m, 0 < q -> m <= exp (- (q ^ 2 / 2)) * q / ((q ^ 2 + 1) * sqrt (2 * PI)) -> m <= normal_tail q.
Proof. intros q m Q M. apply Rle_trans with (1 := M). now apply normal_tail_above_mills. Qed.

(** * Of natural numbers, computed *)

Fixpoint product_to (n : nat) : Z := match n with O => 1%Z | S m => (Z.of_nat n * product_to m)%Z end.

Lemma product_to_fact : forall n, IZR (product_to n) = INR (fact n).
Proof.
  induction n as [| n IH]; [reflexivity |]. change (product_to (S n)) with (Z.of_nat (S n) * product_to n)%Z.
  rewrite mult_IZR, IH, <- INR_IZR_INZ, fact_simpl, mult_INR. reflexivity.
Qed.

Lemma factorial_value : forall n v, product_to n = v -> factorial (IZR (Z.of_nat n)) = IZR v.
Proof. intros n v <-. now rewrite <- INR_IZR_INZ, factorial_INR, product_to_fact. Qed.

Lemma gamma_value : forall n v, product_to n = v -> semantics.gamma (IZR (Z.of_nat (S n))) = IZR v.
Proof.
  intros n v V. assert (G := factorial_gamma (INR n) ltac:(exists (Z.of_nat n); apply INR_IZR_INZ) (pos_INR n)).
  simpl in G. rewrite <- INR_IZR_INZ, S_INR, <- G, INR_IZR_INZ. now apply factorial_value.
Qed.

(** [n (n - 1) ... (n - k + 1)] *)
Fixpoint falling_product (n k : nat) : Z :=
  match k with O => 1%Z | S j => (Z.of_nat n * falling_product (Nat.pred n) j)%Z end.

Lemma falling_product_to : forall k n, (k <= n)%nat -> (falling_product n k * product_to (n - k))%Z = product_to n.
Proof.
  induction k as [| k IH]; intros n K; [rewrite Nat.sub_0_r; apply Z.mul_1_l |].
  destruct n as [| n]; [inversion K |]. change (S n - S k)%nat with (n - k)%nat.
  change (falling_product (S n) (S k)) with (Z.of_nat (S n) * falling_product n k)%Z.
  rewrite <- Z.mul_assoc, IH by (now apply le_S_n). reflexivity.
Qed.

Lemma binomial_value : forall n k v, (k <= n)%nat -> (v * product_to k)%Z = falling_product n k ->
  binomial (IZR (Z.of_nat n)) (IZR (Z.of_nat k)) = IZR v.
Proof.
  intros n k v K F. assert (V : (v * (product_to k * product_to (n - k)))%Z = product_to n).
  { rewrite Z.mul_assoc, F. now apply falling_product_to. }
  rewrite <- !INR_IZR_INZ, binomial_C by exact K. apply (f_equal IZR) in V.
  rewrite !mult_IZR, !product_to_fact in V. unfold Binomial.C. rewrite <- V. field. split; apply INR_fact_neq_0.
Qed.
