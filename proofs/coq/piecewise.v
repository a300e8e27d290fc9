(** abs, min, max, floor, ceil. *)

From Coq Require Import Reals Lra.
From Boundproof Require Import semantics.
Open Scope R_scope.

(** The premises may be strict. *)
Definition ordered (c : comparison) (a b : R) : Prop := (c = AtMost \/ c = Less) /\ holds c a b.

Lemma ordered_at_most : forall c a b, ordered c a b -> a <= b.
Proof. intros c a b [[-> | ->] H]; simpl in H; lra. Qed.

Theorem abs_of_nonnegative : forall c t, ordered c 0 t -> holds Equal (Rabs t) t.
Proof. intros c t H. apply ordered_at_most in H. simpl. now apply Rabs_pos_eq. Qed.

Theorem abs_of_nonpositive : forall c t, ordered c t 0 -> holds Equal (Rabs t) (- t).
Proof. intros c t H. apply ordered_at_most in H. simpl. now apply Rabs_left1. Qed.

Theorem abs_upper : forall t, holds AtMost t (Rabs t).
Proof. exact Rle_abs. Qed.

Theorem abs_lower : forall t, holds AtMost (- t) (Rabs t).
Proof. intro t. simpl. rewrite <- Rabs_Ropp. apply Rle_abs. Qed.

Theorem abs_square : forall t, holds Equal (Rabs t ^ 2) (t ^ 2).
Proof. exact pow2_abs. Qed.

Theorem max_of_ordered : forall c a b, ordered c a b -> holds Equal (Rmax a b) b.
Proof. intros c a b H. apply ordered_at_most in H. now apply Rmax_right. Qed.

Theorem max_of_reversed : forall c a b, ordered c b a -> holds Equal (Rmax a b) a.
Proof. intros c a b H. apply ordered_at_most in H. now apply Rmax_left. Qed.

Theorem min_of_ordered : forall c a b, ordered c a b -> holds Equal (Rmin a b) a.
Proof. intros c a b H. apply ordered_at_most in H. now apply Rmin_left. Qed.

Theorem min_of_reversed : forall c a b, ordered c b a -> holds Equal (Rmin a b) b.
Proof. intros c a b H. apply ordered_at_most in H. now apply Rmin_right. Qed.

Theorem floor_lower : forall t, holds AtMost (floor t) t.
Proof. intro t. apply floor_bounds. Qed.

Theorem floor_upper : forall t, holds Less t (floor t + 1).
Proof. intro t. apply floor_bounds. Qed.

Theorem ceil_lower : forall t, holds AtMost t (ceil t).
Proof. intro t. apply ceil_bounds. Qed.

Theorem ceil_upper : forall t, holds Less (ceil t) (t + 1).
Proof. intro t. apply ceil_bounds. Qed.

Theorem floor_of_integer : forall t, integer t -> holds Equal (floor t) t.
Proof. intros t [z ->]. apply floor_IZR. Qed.
