(** The rules of [calculus] as the checker applies them: to terms, with the derivatives that it computes, and with nothing
    to show but its blocks. The variable is x, its value is [v x]; a block about the new variable is a statement about every
    value u that its hypotheses allow. *)

From Coq Require Import Reals Lra.
From Coquelicot Require Import Coquelicot.
From Coq Require Import List.
From Boundproof Require Import semantics calculus derivative.
Open Scope R_scope.

Section Terms.
  Variable moves : term -> nat -> bool.
  Hypothesis Moves : moves_by_its_ends moves.
  Variables (v : nat -> R) (x : nat).

  (** A term, and statements, where x is u. *)
  Definition with_ (t : term) (u : R) : R := value (at_ v x u) t.
  Definition continuous_by (t : term) (u : R) : Prop := Forall (holds_at (at_ v x u)) (continuity moves x t).
  Definition smooth_by (t : term) (u : R) : Prop := Forall (holds_at (at_ v x u)) (smoothness x t).

  Lemma with_here : forall t, with_ t (v x) = value v t.
  Proof. intro t. apply at_same. Qed.

  Lemma at_variable : forall u, at_ v x u x = u.
  Proof. intro u. unfold at_. now rewrite PeanoNat.Nat.eqb_refl. Qed.

  Lemma derivative_at : forall t d u, derivative moves x t = Some d -> continuous_by t u -> smooth_by t u ->
    is_derive (with_ t) u (with_ d u).
  Proof.
    intros t d u D C S. assert (H := derivative_correct moves Moves (at_ v x u) x t d D C S). rewrite at_variable in H.
    apply (is_derive_ext (fun w => value (at_ (at_ v x u) x w) t)); [| exact H].
    intro w. apply value_same, at_again.
  Qed.

  Lemma continuous_at_ : forall t d u, derivative moves x t = Some d -> continuous_by t u -> continuous (with_ t) u.
  Proof.
    intros t d u D C. assert (H := continuity_correct moves Moves (at_ v x u) x t d D C). rewrite at_variable in H.
    apply (continuous_ext (fun w => value (at_ (at_ v x u) x w) t)); [| exact H].
    intro w. apply value_same, at_again.
  Qed.

  Variables (left right slope : term).
  Let f := Subtract right left.
  Hypothesis Slope : derivative moves x f = Some slope.

  Let smooth u : continuous_by f u -> smooth_by f u -> is_derive (fun u => with_ right u - with_ left u) u (with_ slope u).
  Proof. exact (derivative_at f slope u Slope). Qed.
  Let unbroken u : continuous_by f u -> continuous (fun u => with_ right u - with_ left u) u.
  Proof. exact (continuous_at_ f slope u Slope). Qed.

  (** The conclusion, and the statement where x is u. *)
  Definition goal (c : comparison) : Prop := holds c (value v left) (value v right).
  Definition goal_at (c : comparison) (u : R) : Prop := holds c (with_ left u) (with_ right u).

  Lemma goal_here : forall c, goal_at c (v x) -> goal c.
  Proof. intros c H. unfold goal_at in H. now rewrite !with_here in H. Qed.

  Theorem ladder_of_terms : forall c a, c = AtMost \/ c = Less ->
    a <= v x /\ (forall u, a <= u <= v x -> continuous_by f u) /\ (forall u, a < u < v x -> smooth_by f u) /\
      (forall u, a < u < v x -> 0 <= with_ slope u) \/
    v x <= a /\ (forall u, v x <= u <= a -> continuous_by f u) /\ (forall u, v x < u < a -> smooth_by f u) /\
      (forall u, v x < u < a -> with_ slope u <= 0) ->
    goal_at c a -> goal c.
  Proof.
    intros c a C H Base. apply goal_here. apply (ladder c (with_ left) (with_ right) (with_ slope) a (v x) C); [| exact Base].
    destruct H as [[O [K [D S]]] | [O [K [D S]]]]; [left | right];
      (split; [exact O | split; [| split; [| exact S]]]; intros u U; [apply unbroken | apply smooth]); auto; apply K; lra.
  Qed.

  Theorem ladder_strict_of_terms : forall a,
    a < v x /\ (forall u, a <= u <= v x -> continuous_by f u) /\ (forall u, a < u < v x -> smooth_by f u) /\
      (forall u, a < u < v x -> 0 < with_ slope u) \/
    v x < a /\ (forall u, v x <= u <= a -> continuous_by f u) /\ (forall u, v x < u < a -> smooth_by f u) /\
      (forall u, v x < u < a -> with_ slope u < 0) ->
    goal_at AtMost a -> goal Less.
  Proof.
    intros a H Base. apply goal_here. apply (ladder_strict (with_ left) (with_ right) (with_ slope) a (v x)); [| exact Base].
    destruct H as [[O [K [D S]]] | [O [K [D S]]]]; [left | right];
      (split; [exact O | split; [| split; [| exact S]]]; intros u U; [apply unbroken | apply smooth]); auto; apply K; lra.
  Qed.

  Theorem ladder_from_infinity_of_terms : forall c b, c = AtMost \/ c = Less ->
    (forall u, v x <= u -> continuous_by f u) -> (forall u, v x < u -> smooth_by f u) ->
    (forall u, v x < u -> holds c (with_ slope u) 0) -> vanishing b (with_ f) (v x) -> goal c.
  Proof.
    intros c b C K D S V. apply goal_here. apply (ladder_from_infinity c (with_ left) (with_ right) (with_ slope) b (v x) C).
    - intros u U. now apply unbroken, K.
    - intros u U. apply smooth; [apply K; lra | now apply D].
    - exact S.
    - exact V.
  Qed.

  Theorem ladder_from_limit_of_terms : forall c b a, c = AtMost \/ c = Less ->
    a < v x /\ (forall u, a < u <= v x -> continuous_by f u) /\ (forall u, a < u < v x -> smooth_by f u) /\
      (forall u, a < u < v x -> holds c 0 (with_ slope u)) /\ (forall u, a < u < v x -> - (b * sqrt (u - a)) <= with_ f u) \/
    v x < a /\ (forall u, v x <= u < a -> continuous_by f u) /\ (forall u, v x < u < a -> smooth_by f u) /\
      (forall u, v x < u < a -> holds c (with_ slope u) 0) /\ (forall u, v x < u < a -> - (b * sqrt (a - u)) <= with_ f u) ->
    goal c.
  Proof.
    intros c b a C H. apply goal_here. apply (ladder_from_limit c (with_ left) (with_ right) (with_ slope) b a (v x) C).
    destruct H as [[O [K [D [S V]]]] | [O [K [D [S V]]]]]; [left | right];
      (split; [exact O | split; [| split; [| split; [exact S | exact V]]]]; intros u U; [apply unbroken | apply smooth]);
      auto; apply K; lra.
  Qed.

  (** [w f'] and its derivative. *)
  Variables (w bent : term).
  Let weighted := Multiply w slope.
  Hypothesis Bent : derivative moves x weighted = Some bent.

  Let smooth_weighted u : continuous_by weighted u -> smooth_by weighted u ->
    is_derive (fun u => with_ w u * with_ slope u) u (with_ bent u).
  Proof. exact (derivative_at weighted bent u Bent). Qed.

  Theorem unimodal_of_terms : forall c a b, c = AtMost \/ c = Less -> a <= v x -> v x <= b ->
    goal_at c a -> goal_at c b ->
    (forall u, a <= u <= b -> continuous_by f u) -> (forall u, a < u < b -> smooth_by f u) ->
    (forall u, a < u < b -> continuous_by weighted u) -> (forall u, a < u < b -> smooth_by weighted u) ->
    (forall u, a < u < b -> 0 < with_ w u) -> (forall u, a < u < b -> with_ bent u <= 0) -> goal c.
  Proof.
    intros c a b C A B HA HB K D KW DW P N. apply goal_here.
    apply (unimodal c (with_ left) (with_ right) (with_ slope) (with_ w) (with_ bent) a b (v x) C A B); try assumption.
    - intros u U. now apply unbroken, K.
    - intros u U. apply smooth; [apply K; lra | now apply D].
    - intros u U. apply smooth_weighted; [now apply KW | now apply DW].
  Qed.

  Theorem unimodal_to_infinity_of_terms : forall b a, a <= v x -> goal_at AtMost a ->
    (forall u, a <= u -> continuous_by f u) -> (forall u, a < u -> smooth_by f u) ->
    (forall u, a < u -> continuous_by weighted u) -> (forall u, a < u -> smooth_by weighted u) ->
    (forall u, a < u -> 0 < with_ w u) -> (forall u, a < u -> with_ bent u <= 0) -> vanishing b (with_ f) (v x) ->
    goal AtMost.
  Proof.
    intros b a A HA K D KW DW P N V. apply goal_here.
    apply (unimodal_to_infinity (with_ left) (with_ right) (with_ slope) (with_ w) (with_ bent) b a (v x) A); try assumption.
    - intros u U. now apply unbroken, K.
    - intros u U. apply smooth; [apply K; lra | now apply D].
    - intros u U. apply smooth_weighted; [now apply KW | now apply DW].
  Qed.
End Terms.
