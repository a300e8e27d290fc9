(** Trigonometric and hyperbolic identities, and the error function. *)

From Coq Require Import Reals Lra.
From Boundproof Require Import semantics.
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
