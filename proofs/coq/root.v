(** Square roots and squares. *)

From Coq Require Import Reals Lra.
From Boundproof Require Import semantics.
Open Scope R_scope.

Theorem sqrt_nonnegative : forall t, holds AtMost 0 t -> holds AtMost 0 (sqrt t).
Proof. intros t _. apply sqrt_pos. Qed.

Theorem sqrt_positive : forall t, holds Less 0 t -> holds Less 0 (sqrt t).
Proof. exact sqrt_lt_R0. Qed.

Theorem sqrt_square : forall t, holds AtMost 0 t -> holds Equal (sqrt t ^ 2) t.
Proof. exact pow2_sqrt. Qed.

Theorem sqrt_monotone : forall c a b,
  c <> Different -> holds AtMost 0 a -> holds c a b -> holds c (sqrt a) (sqrt b).
Proof.
  intros [] a b N A H; simpl in *.
  - now apply sqrt_le_1_alt.
  - apply sqrt_lt_1_alt. lra.
  - now rewrite H.
  - now elim N.
Qed.

(** The premise may differ from [a^2 <= b^2] by algebra. *)
Theorem square_cancel : forall c a b left right,
  c = AtMost \/ c = Less -> holds AtMost 0 b -> b ^ 2 - a ^ 2 = right - left -> holds c left right -> holds c a b.
Proof.
  intros c a b left right [-> | ->]; simpl; intros B E H.
  - apply Rnot_lt_le. intro N. assert (0 < (a - b) * (a + b)) by (apply Rmult_lt_0_compat; lra). lra.
  - apply Rnot_le_lt. intro N. assert (0 <= (a - b) * (a + b)) by (apply Rmult_le_pos; lra). lra.
Qed.
