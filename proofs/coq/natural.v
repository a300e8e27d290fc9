(** Facts about integers and natural numbers. *)

From Coq Require Import Reals ZArith Lra Lia.
From Boundproof Require Import semantics.
Open Scope R_scope.

Theorem integer_gap : forall a b, integer a -> integer b -> holds Less a b -> holds AtMost (a + 1) b.
Proof.
  intros a b [x ->] [y ->]; simpl. intro H. apply lt_IZR in H. rewrite <- plus_IZR. apply IZR_le. lia.
Qed.

Theorem induction : forall c (left right : R -> R) n m,
  natural n -> natural m -> m <= n ->
  holds c (left m) (right m) ->
  (forall k, natural k -> m <= k -> holds c (left k) (right k) -> holds c (left (k + 1)) (right (k + 1))) ->
  holds c (left n) (right n).
Proof.
  intros c left right n m [n' ->] [m' ->] H Base Step. apply INR_le in H. induction H as [| k K IH].
  - exact Base.
  - rewrite S_INR. apply Step; [now exists k | now apply le_INR | exact IH].
Qed.

(** A natural number between numbers q and r is one of the integers from a, the least that is at least q, to b, the greatest
    that is at most r: [q <= n] gives [a - 1 < n], [n <= r] gives [n < b + 1]. *)
Fixpoint integers_from (a : Z) (count : nat) : list R :=
  match count with O => nil | S count => cons (IZR a) (integers_from (a + 1) count) end.

Theorem enumerate : forall c (left right : R -> R) n a b,
  natural n -> IZR a - 1 < n -> n < IZR b + 1 ->
  List.Forall (fun v => n = v -> holds c (left v) (right v)) (integers_from a (Z.to_nat (b - a + 1))) ->
  holds c (left n) (right n).
Proof.
  intros c left right n a b N A B All. destruct (natural_integer n N) as [z Z]. subst n.
  rewrite <- minus_IZR in A. apply lt_IZR in A. rewrite <- plus_IZR in B. apply lt_IZR in B.
  assert (K : (Z.to_nat (z - a) < Z.to_nat (b - a + 1))%nat) by lia.
  assert (E : z = (a + Z.of_nat (Z.to_nat (z - a)))%Z) by lia.
  remember (Z.to_nat (z - a)) as k. clear Heqk. revert a A B k K E All.
  intros a A B k. generalize (Z.to_nat (b - a + 1)). clear A B. intros count. revert a count.
  induction k as [| k IH]; intros a count K E All; destruct count as [| count]; try lia; simpl in All;
    inversion All as [| ? ? Head Tail]; subst z || idtac.
  - subst. replace (a + Z.of_nat 0)%Z with a in * by lia. now apply Head.
  - apply (IH (a + 1)%Z count); [lia | lia | assumption].
Qed.
