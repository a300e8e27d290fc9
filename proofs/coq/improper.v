(** Integrals over the positive half-line of functions that are not negative. Owns: that they exist where the integrals
    over its compact intervals are bounded, of which they are the least upper bound. *)

From Coq Require Import Reals Lra.
From Coquelicot Require Import Coquelicot.
Open Scope R_scope.

Section Improper.
  Variable f : R -> R.
  Hypothesis Continuous : forall t, 0 < t -> continuous f t.
  Hypothesis Nonnegative : forall t, 0 < t -> 0 <= f t.

  Lemma part_integrable : forall a b, 0 < a -> 0 < b -> ex_RInt f a b.
  Proof.
    intros a b A B. apply (ex_RInt_continuous (V := R_CompleteNormedModule)). intros t [T _]. apply Continuous.
    apply Rlt_le_trans with (2 := T). now apply Rmin_glb_lt.
  Qed.

  Lemma part_nonnegative : forall a b, 0 < a <= b -> 0 <= RInt f a b.
  Proof.
    intros a b A. apply RInt_ge_0; [lra | apply part_integrable; lra |]. intros t T. apply Nonnegative. lra.
  Qed.

  Lemma part_grows : forall a b c d, 0 < c <= a -> a <= b <= d -> RInt f a b <= RInt f c d.
  Proof.
    intros a b c d A B.
    rewrite <- (RInt_Chasles f c a d), <- (RInt_Chasles f a b d) by (apply part_integrable; lra).
    unfold plus; simpl. assert (P := part_nonnegative c a ltac:(lra)). assert (Q := part_nonnegative b d ltac:(lra)). lra.
  Qed.

  (** l is the least upper bound of the integrals over compact intervals. *)
  Definition least (l : R) : Prop :=
    (forall a b, 0 < a <= b -> RInt f a b <= l) /\ (forall m, (forall a b, 0 < a <= b -> RInt f a b <= m) -> l <= m).

  Lemma least_is_integral : forall l, least l -> is_RInt_gen f (at_right 0) (Rbar_locally p_infty) l.
  Proof.
    intros l [Upper Least] P [e Near].
    assert (Close : exists a b, 0 < a <= b /\ l - e < RInt f a b).
    { apply Classical_Prop.NNPP. intro N. assert (l <= l - e); [| destruct e as [e E]; simpl in *; lra].
      apply Least. intros a b A. apply Rnot_lt_le. intro H. apply N. exists a, b. now split. }
    destruct Close as [a [b [A Close]]].
    apply (Filter_prod _ _ _ (fun c => 0 < c < a) (fun d => b < d)).
    - exists (mkposreal a ltac:(lra)). intros c C Pos. split; [exact Pos |].
      unfold ball in C; simpl in C; unfold AbsRing_ball, abs, minus, plus, opp in C; simpl in C.
      apply Rabs_lt_between in C. lra.
    - exists b. trivial.
    - intros c d C D. exists (RInt f c d). simpl. split.
      + apply (RInt_correct (V := R_CompleteNormedModule)), part_integrable; lra.
      + apply Near. assert (H := part_grows a b c d ltac:(lra) ltac:(lra)). assert (K := Upper c d ltac:(lra)).
        unfold ball; simpl; unfold AbsRing_ball, abs, minus, plus, opp; simpl. apply Rabs_lt_between.
        destruct e as [e E]; simpl in *. lra.
  Qed.

  Theorem improper_exists : forall m, (forall a b, 0 < a <= b -> RInt f a b <= m) -> exists l, least l.
  Proof.
    intros m Bounded. destruct (completeness (fun v => exists a b, 0 < a <= b /\ v = RInt f a b)) as [l [Upper Least]].
    - exists m. intros v [a [b [A ->]]]. now apply Bounded.
    - exists (RInt f 1 1), 1, 1. split; [lra | reflexivity].
    - exists l. split.
      + intros a b A. apply Upper. now exists a, b.
      + intros k K. apply Least. intros v [a [b [A ->]]]. now apply K.
  Qed.

  Theorem improper_value : forall m,
    (forall a b, 0 < a <= b -> RInt f a b <= m) -> least (RInt_gen f (at_right 0) (Rbar_locally p_infty)).
  Proof.
    intros m Bounded. destruct (improper_exists m Bounded) as [l L].
    rewrite (is_RInt_gen_unique f l); [exact L | now apply least_is_integral].
  Qed.
End Improper.
