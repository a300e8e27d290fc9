(** Trigonometric and hyperbolic identities, and the error function. *)

From Coq Require Import Reals Lra.
From Coquelicot Require Import Coquelicot.
From Boundproof Require Import semantics calculus gaussian.
Open Scope R_scope.

Theorem pythagoras : forall t, holds Equal (sin t ^ 2 + cos t ^ 2) 1.
Proof. intro t. assert (H := sin2_cos2 t). unfold Rsqr in H. simpl. lra. Qed.

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
