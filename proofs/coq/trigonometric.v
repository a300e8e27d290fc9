(** Trigonometric and hyperbolic identities, and the error function. *)

From Coq Require Import Reals Lra ZArith Lia.
From Coquelicot Require Import Coquelicot.
From Boundproof Require Import semantics calculus gaussian.
Open Scope R_scope.

Theorem pythagoras : forall t, holds Equal (sin t ^ 2 + cos t ^ 2) 1.
Proof. intro t. assert (H := sin2_cos2 t). unfold Rsqr in H. simpl. lra. Qed.

Theorem sin_positive : forall c t,
  c = Less \/ c = AtMost -> holds c 0 t -> holds c t PI -> holds c 0 (sin t).
Proof. intros c t [-> | ->] A B; simpl in *; [now apply sin_gt_0 | now apply sin_ge_0]. Qed.

Theorem cos_positive : forall c t,
  c = Less \/ c = AtMost -> holds c (- (PI / 2)) t -> holds c t (PI / 2) -> holds c 0 (cos t).
Proof.
  intros c t [-> | ->] A B; simpl in *; [apply cos_gt_0 | apply cos_ge_0]; lra.
Qed.

Lemma sin_full_turns : forall t m, sin (t + IZR m * (2 * PI)) = sin t.
Proof.
  intros t m. destruct (Z_le_gt_dec 0 m) as [P | N].
  - replace (t + IZR m * (2 * PI)) with (t + 2 * INR (Z.to_nat m) * PI); [apply sin_period |].
    rewrite INR_IZR_INZ, Z2Nat.id by lia. ring.
  - rewrite <- (sin_period (t + IZR m * (2 * PI)) (Z.to_nat (- m))). f_equal.
    rewrite INR_IZR_INZ, Z2Nat.id, opp_IZR by lia. ring.
Qed.

Theorem sin_of_quarters : forall m,
  holds Equal (sin (IZR (4 * m) * (PI / 2))) 0 /\ holds Equal (sin (IZR (4 * m + 1) * (PI / 2))) 1 /\
  holds Equal (sin (IZR (4 * m + 2) * (PI / 2))) 0 /\ holds Equal (sin (IZR (4 * m + 3) * (PI / 2))) (-1).
Proof.
  intro m. unfold holds. rewrite !plus_IZR, mult_IZR.
  assert (S : forall k, (4 * IZR m + k) * (PI / 2) = k * (PI / 2) + IZR m * (2 * PI)) by (intro; field).
  rewrite !S, !sin_full_turns. replace (4 * IZR m * (PI / 2)) with (0 + IZR m * (2 * PI)) by field.
  rewrite sin_full_turns, sin_0. replace (1 * (PI / 2)) with (PI / 2) by ring. replace (2 * (PI / 2)) with PI by field.
  replace (3 * (PI / 2)) with (PI / 2 + PI) by field. rewrite neg_sin, sin_PI2, sin_PI. repeat split.
Qed.

Theorem cos_of_quarters : forall m,
  holds Equal (cos (IZR (4 * m) * (PI / 2))) 1 /\ holds Equal (cos (IZR (4 * m + 1) * (PI / 2))) 0 /\
  holds Equal (cos (IZR (4 * m + 2) * (PI / 2))) (-1) /\ holds Equal (cos (IZR (4 * m + 3) * (PI / 2))) 0.
Proof.
  intro m. assert (C : forall t, cos t = sin (PI / 2 + t)) by (intro; apply cos_sin). unfold holds. rewrite !C.
  assert (Q := sin_of_quarters m). assert (Q' := sin_of_quarters (m + 1)). unfold holds in Q, Q'.
  rewrite ?plus_IZR, ?mult_IZR, ?plus_IZR in *. destruct Q as (Q0 & Q1 & Q2 & Q3), Q' as (Q4 & _).
  repeat split; [rewrite <- Q1 | rewrite <- Q2 | rewrite <- Q3 | rewrite <- Q4]; f_equal; field.
Qed.

Theorem cosh_definition : forall t, holds Equal (cosh t) ((exp t + exp (- t)) / 2).
Proof. reflexivity. Qed.

Theorem sinh_definition : forall t, holds Equal (sinh t) ((exp t - exp (- t)) / 2).
Proof. reflexivity. Qed.

Theorem tanh_definition : forall t, holds Equal (tanh t * (exp (2 * t) + 1)) (exp (2 * t) - 1).
Proof.
  intro t. simpl. unfold tanh, sinh, cosh. replace (2 * t) with (t + t) by ring. rewrite exp_plus, exp_Ropp.
  assert (H := exp_pos t). field. assert (0 < exp t * exp t) by now apply Rmult_lt_0_compat. lra.
Qed.

Theorem normal_tail_erf : forall t, holds Equal (normal_tail t) ((1 - erf (t / sqrt 2)) / 2).
Proof. reflexivity. Qed.

Lemma normal_tail_at_most : forall t, 0 <= t -> normal_tail t <= exp (- (t ^ 2 / 2)) / 2.
Proof.
  intros t T. assert (S : 0 < sqrt 2) by (apply sqrt_lt_R0; lra).
  assert (N : 0 <= t / sqrt 2) by (apply Rmult_le_pos; [exact T | left; now apply Rinv_0_lt_compat]).
  destruct (erf_bounds (t / sqrt 2) N) as [[Low _] _]. unfold bell in Low.
  replace ((t / sqrt 2) ^ 2) with (t ^ 2 / 2) in Low; [unfold normal_tail; lra |].
  unfold Rdiv. rewrite Rpow_mult_distr, pow_inv, pow2_sqrt by lra. reflexivity.
Qed.

(** The bound falls faster than the tail, and both vanish at infinity. *)
Theorem mills_ratio : forall t,
  holds Less 0 t -> holds AtMost (normal_tail t) (exp (- (t ^ 2 / 2)) / (t * sqrt (2 * PI))).
Proof.
  intros t T. simpl in T. assert (P := PI_RGT_0). assert (Q : 0 < sqrt (2 * PI)) by (apply sqrt_lt_R0; lra).
  set (bound := fun u => exp (- (u ^ 2 / 2)) / (u * sqrt (2 * PI))). change (holds AtMost (normal_tail t) (bound t)).
  assert (D : forall u, t <= u ->
    is_derive (fun u => bound u - normal_tail u) u (- (exp (- (u ^ 2 / 2)) / (u ^ 2 * sqrt (2 * PI))))).
  { intros u U. assert (B : is_derive bound u
      (- (exp (- (u ^ 2 / 2)) / sqrt (2 * PI)) - exp (- (u ^ 2 / 2)) / (u ^ 2 * sqrt (2 * PI)))).
    { unfold bound. generalize dependent (sqrt (2 * PI)). intros q Q bound. auto_derive.
      - apply Rgt_not_eq, Rmult_lt_0_compat; lra.
      - simpl. unfold Rdiv. field. lra. }
    assert (R := derivative_subtract _ _ u _ _ B (derivative_normal_tail u)).
    replace (- (exp (- (u ^ 2 / 2)) / (u ^ 2 * sqrt (2 * PI)))) with
      (- (exp (- (u ^ 2 / 2)) / sqrt (2 * PI)) - exp (- (u ^ 2 / 2)) / (u ^ 2 * sqrt (2 * PI))
        - - (exp (- (u ^ 2 / 2)) / sqrt (2 * PI))) by ring. exact R. }
  apply (ladder_from_infinity AtMost normal_tail bound
    (fun u => - (exp (- (u ^ 2 / 2)) / (u ^ 2 * sqrt (2 * PI)))) 1 t); [now left | | | |].
  - intros u U. apply (ex_derive_continuous (fun u => bound u - normal_tail u)). eexists. now apply D.
  - intros u U. apply D. lra.
  - intros u U. unfold holds. assert (0 < exp (- (u ^ 2 / 2)) / (u ^ 2 * sqrt (2 * PI))); [| lra].
    apply Rdiv_lt_0_compat; [apply exp_pos |]. apply Rmult_lt_0_compat; [apply pow_lt; lra | exact Q].
  - left. intros u U U1. assert (N := normal_tail_at_most u ltac:(lra)).
    assert (B : 0 < bound u).
    { unfold bound. apply Rdiv_lt_0_compat; [apply exp_pos |]. apply Rmult_lt_0_compat; [lra | exact Q]. }
    assert (X := exp_ineq1_le (u ^ 2 / 2)). assert (W : u <= exp (u ^ 2 / 2)).
    { apply Rle_trans with (2 := X). assert (H := pow2_ge_0 (u - 1)). simpl in *. lra. }
    assert (V : exp (- (u ^ 2 / 2)) <= / u) by (rewrite exp_Ropp; apply Rinv_le_contravar; lra).
    assert (L : 0 < / u) by (apply Rinv_0_lt_compat; lra). unfold Rdiv at 1. lra.
Qed.
