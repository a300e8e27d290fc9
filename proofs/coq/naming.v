(** Names for terms. *)

From Coq Require Import Reals.
From Boundproof Require Import semantics.
Open Scope R_scope.

Theorem abbreviate : forall c left right t, (forall z : R, z = t -> holds c left right) -> holds c left right.
Proof. intros c left right t Block. now apply (Block t). Qed.

Theorem abbreviate_natural : forall c left right t,
  integer t -> holds AtMost 0 t -> (forall z, natural z -> z = t -> holds c left right) -> holds c left right.
Proof. intros c left right t T P Block. apply (Block t); [now apply nonnegative_integer_natural | reflexivity]. Qed.
