(** Case distinction and contradiction. *)

From Coq Require Import Reals Lra.
From Boundproof Require Import semantics.
Open Scope R_scope.

Theorem cases : forall a b (conclusion : Prop),
  (holds AtMost a b -> conclusion) -> (holds Less b a -> conclusion) -> conclusion.
Proof. intros a b conclusion First Second. destruct (Rle_lt_dec a b); auto. Qed.

(** A comparison whose difference is a number that the comparison excludes. *)
Definition excluded (c : comparison) (difference : R) : Prop :=
  match c with
  | AtMost => difference < 0
  | Less => difference <= 0
  | Equal => difference <> 0
  | Different => difference = 0
  end.

Theorem absurd : forall c a b v (conclusion : Prop), holds c a b -> b - a = v -> excluded c v -> conclusion.
Proof. intros [] a b v conclusion; simpl; intros H E X; exfalso; lra. Qed.

Theorem antisymmetry : forall a b, holds AtMost a b -> holds AtMost b a -> holds Equal a b.
Proof. simpl. intros. lra. Qed.

Theorem strengthen : forall c a b,
  c = AtMost \/ c = Less -> holds c a b -> holds Different a b \/ holds Different b a -> holds Less a b.
Proof. intros c a b [-> | ->] H [D | D]; simpl in *; lra. Qed.

Theorem weaken : forall c a b, c <> Different -> holds c a b -> holds AtMost a b.
Proof. intros [] a b N H; simpl in *; try lra. now elim N. Qed.

(** * What a premise with a number in the place of 0, -1, 1/2 or 1 shows

    The rules that ask for [0 < t] or [r <= t] accept these too. *)

Lemma positive_premise : forall c q t,
  c = Less /\ 0 <= q \/ c = AtMost /\ 0 < q -> holds c q t -> holds Less 0 t.
Proof. intros c q t [[-> Q] | [-> Q]]; simpl; lra. Qed.

Lemma lower_premise : forall c q r t, c = AtMost \/ c = Less -> r <= q -> holds c q t -> holds AtMost r t.
Proof. intros c q r t [-> | ->] Q; simpl; lra. Qed.

Lemma upper_premise : forall c q r t, c = AtMost \/ c = Less -> q <= r -> holds c t q -> holds AtMost t r.
Proof. intros c q r t [-> | ->] Q; simpl; lra. Qed.
