(** The trees of the rule [split], [checker/src/rules/tree.rs]: what each kind of node requires of its box shows the goal at
    every point of it. Must not know how terms are enclosed: where the checker encloses a term over a box, here all its values
    over the box are meant. *)

From Coq Require Import Reals Bool Lra Lia.
From Coquelicot Require Import Coquelicot.
From Coq Require Import List.
From Boundproof Require Import semantics calculus derivative slopes enclosure.
Import ListNotations.
Open Scope R_scope.

(** A range for each variable, and the points in all of them. *)
Definition box : Type := nat -> R -> Prop.
Definition inside (b : box) (y : nat -> R) : Prop := forall n, b n (y n).
Definition narrowed (b : box) (x : nat) (range : R -> Prop) : box := fun n => if Nat.eqb n x then range else b n.

Definition convex (range : R -> Prop) : Prop := forall u v w, range u -> range w -> u <= v <= w -> range v.

(** Whether the box still contains the point that the proof speaks about. *)
Inductive place := InTheBox | Moved.

Section Tree.
  Variable moves : term -> nat -> bool.
  Hypothesis Moves : moves_by_its_ends moves.
  Variables (c : comparison) (left right : term).
  Let f := Subtract right left.
  Let goal_at_point (y : nat -> R) : Prop := holds_at y (left, c, right).

  (** The facts that the tree may use, and the bounds on terms among the premises. *)
  Variables facts bounds : list relation.
  Definition within_bounds (y : nat -> R) : Prop := Forall (holds_at y) bounds.

  Definition mentioned_in (x : nat) (r : relation) : bool :=
    match r with (a, _, b) => mentions x a || mentions x b end.

  (** The conditions under which a term has the derivative by x. *)
  Definition smooth_at (t : term) (x : nat) (y : nat -> R) : Prop :=
    Forall (holds_at y) (continuity moves x t) /\ Forall (holds_at y) (smoothness x t).
  Definition differentiable_at : nat -> (nat -> R) -> Prop := smooth_at f.

  Definition total (l : list nat) (s y m : nat -> R) : R := fold_right (fun n t => s n * (y n - m n) + t) 0 l.

  (** The terms of the second order, a variable with itself and with those after it. *)
  Fixpoint curved (l : list nat) (a : nat -> nat -> R) (y m : nat -> R) : R :=
    match l with
    | [] => 0
    | n :: l => a n n * (y n - m n) ^ 2 / 2 + (y n - m n) * total l (a n) y m + curved l a y m
    end.

  Fixpoint pairs (l : list nat) : list (nat * nat) :=
    match l with [] => [] | n :: l => map (fun k => (n, k)) (n :: l) ++ pairs l end.

  (** From y to m, one variable after the other. *)
  Fixpoint moved (y m : nat -> R) (l : list nat) : nat -> R :=
    match l with [] => y | n :: l => moved (at_ y n (m n)) m l end.

  Inductive shown : place -> box -> Prop :=
  | leaf : forall p b, (forall y, inside b y -> within_bounds y -> goal_at_point y) -> shown p b
  | empty : forall b r, In r facts -> (forall y, inside b y -> within_bounds y -> ~ holds_at y r) -> shown InTheBox b
  | halves : forall p (b : box) x at_,
    shown p (narrowed b x (fun u => b x u /\ u <= at_)) -> shown p (narrowed b x (fun u => b x u /\ at_ <= u)) -> shown p b
  | monotone : forall p (b : box) x (range : R -> Prop) slope last,
    c = AtMost \/ c = Less -> Forall (fun r => mentioned_in x r = false) bounds -> derivative moves x f = Some slope ->
    (forall u, b x u -> range u) -> convex range -> range last ->
    (forall y, inside (narrowed b x range) y -> within_bounds y -> differentiable_at x y) ->
    (forall u, range u -> last <= u) /\
      (forall y, inside (narrowed b x range) y -> within_bounds y -> 0 <= value y slope) \/
    (forall u, range u -> u <= last) /\
      (forall y, inside (narrowed b x range) y -> within_bounds y -> value y slope <= 0) ->
    shown Moved (narrowed b x (fun u => u = last)) -> shown p b
  | mean_value : forall p (b : box) (closure : box) (l : list nat) (slope : nat -> term) m,
    bounds = [] -> NoDup l -> (forall n, mentions n f = true -> In n l) ->
    (forall n, In n l -> derivative moves n f = Some (slope n)) ->
    (forall n u, b n u -> closure n u) -> (forall n, convex (closure n)) -> inside closure m ->
    (forall n y, In n l -> inside closure y -> differentiable_at n y) ->
    (forall y s, inside b y -> (forall n, In n l -> exists z, inside closure z /\ s n = value z (slope n)) ->
      holds c 0 (value m f + total l s y m)) ->
    shown p b
  | concave : forall p (b : box) x slope bent low high,
    c = AtMost \/ c = Less -> Forall (fun r => mentioned_in x r = false) bounds ->
    derivative moves x f = Some slope -> derivative moves x slope = Some bent ->
    (forall u, b x u -> low <= u <= high) ->
    (forall y, inside (narrowed b x (fun u => low <= u <= high)) y -> within_bounds y ->
      smooth_at f x y /\ smooth_at slope x y /\ value y bent <= 0) ->
    shown Moved (narrowed b x (fun u => u = low)) -> shown Moved (narrowed b x (fun u => u = high)) -> shown p b
  | taylor : forall p (b : box) (closure : box) (l : list nat) (slope : nat -> term) (bent : nat -> nat -> term) m,
    bounds = [] -> NoDup l ->
    (forall n, In n l -> derivative moves n f = Some (slope n)) ->
    (forall i j, In (i, j) (pairs l) -> derivative moves j (slope i) = Some (bent i j)) ->
    (forall n u, b n u -> closure n u) -> (forall n, convex (closure n)) -> (forall n, In n l -> closure n (m n)) ->
    (forall n y, In n l -> inside closure y -> smooth_at f n y) ->
    (forall i j y, In (i, j) (pairs l) -> inside closure y -> smooth_at (slope i) j y) ->
    (forall y a, inside b y ->
      (forall i j, In (i, j) (pairs l) -> exists z, inside closure z /\ a i j = value z (bent i j)) ->
      holds c 0 (value (moved y m l) f + total l (fun n => value (moved y m l) (slope n)) y m + curved l a y m)) ->
    shown p b.

  Lemma at_inside : forall b x (range : R -> Prop) y u, inside b y -> range u -> inside (narrowed b x range) (at_ y x u).
  Proof. intros b x range y u Y U n. unfold narrowed, at_. destruct (Nat.eqb n x); [exact U | apply Y]. Qed.

  Lemma inside_narrowed : forall b x (range : R -> Prop) y, inside b y -> range (y x) -> inside (narrowed b x range) y.
  Proof.
    intros b x range y Y U n. unfold narrowed. destruct (PeanoNat.Nat.eqb_spec n x) as [-> |]; [exact U | apply Y].
  Qed.

  Lemma bounds_elsewhere : forall x y u, Forall (fun r => mentioned_in x r = false) bounds ->
    within_bounds y -> within_bounds (at_ y x u).
  Proof.
    intros x y u N B. unfold within_bounds in *. rewrite Forall_forall in *. intros [[a d] b] R. specialize (N _ R).
    specialize (B _ R). simpl in *. apply orb_false_iff in N. destruct N. now rewrite !not_mentioned by assumption.
  Qed.

  Lemma total_elsewhere : forall l s t y z m, (forall n, In n l -> s n = t n /\ y n = z n) -> total l s y m = total l t z m.
  Proof.
    induction l as [| n l IH]; intros s t y z m H; simpl; [reflexivity |]. destruct (H n (or_introl eq_refl)) as [-> ->].
    f_equal. apply IH. intros k K. apply H. now right.
  Qed.

  Lemma between : forall (closure : box) m n y u, (forall k, convex (closure k)) -> closure n (m n) -> inside closure y ->
    Rmin (m n) (y n) <= u <= Rmax (m n) (y n) -> inside closure (at_ y n u).
  Proof.
    intros closure m n y u Convex M Y U k. unfold at_. destruct (PeanoNat.Nat.eqb_spec k n) as [-> |]; [| apply Y].
    unfold Rmin, Rmax in U. destruct (Rle_dec (m n) (y n)); [apply (Convex n (m n) u (y n)) | apply (Convex n (y n) u (m n))];
      trivial; apply Y.
  Qed.

  Lemma mean_value_form : forall (closure : box) (t : term) (slope : nat -> term) m, (forall n, convex (closure n)) ->
    forall l y, NoDup l -> inside closure y -> (forall n, In n l -> closure n (m n)) ->
    (forall n, In n l -> derivative moves n t = Some (slope n)) ->
    (forall n y, In n l -> inside closure y -> smooth_at t n y) ->
    exists s, (forall n, In n l -> exists z, inside closure z /\ s n = value z (slope n)) /\
      value y t = value (moved y m l) t + total l s y m.
  Proof.
    intros closure t slope m Convex. induction l as [| n l IH]; intros y Distinct Y M Slope D.
    { exists (fun _ => 0). split; [intros n [] | simpl; lra]. }
    inversion Distinct as [| ? ? Fresh Rest]; subst.
    assert (P : forall u, Rmin (m n) (y n) <= u <= Rmax (m n) (y n) -> inside closure (at_ y n u)).
    { intros u U. apply (between closure m); trivial. apply M. now left. }
    destruct (split_mean (with_ y n t) (with_ y n (slope n)) (Rmin (m n) (y n)) (Rmax (m n) (y n)) (m n) (y n)) as [u [U E]].
    { split; [apply Rmin_l | apply Rmax_l]. }
    { split; [apply Rmin_r | apply Rmax_r]. }
    { intros u U. destruct (D n (at_ y n u) (or_introl eq_refl) (P u U)) as [C S].
      apply (derivative_at moves Moves); [apply Slope; now left | exact C | exact S]. }
    destruct (IH (at_ y n (m n)) Rest) as [s [Values Sum]].
    { apply P. split; [apply Rmin_l | apply Rmax_l]. }
    { intros k K. apply M. now right. }
    { intros k K. apply Slope. now right. }
    { intros k z K. apply D. now right. }
    exists (fun k => if Nat.eqb k n then value (at_ y n u) (slope n) else s k). split.
    - intros k K. destruct (PeanoNat.Nat.eqb_spec k n) as [-> | N].
      + exists (at_ y n u). split; [now apply P | reflexivity].
      + apply Values. destruct K as [-> | K]; [now elim N | exact K].
    - rewrite with_here in E. rewrite E. unfold with_ at 1. rewrite Sum. simpl. rewrite PeanoNat.Nat.eqb_refl.
      rewrite (total_elsewhere l s (fun k => if Nat.eqb k n then value (at_ y n u) (slope n) else s k) (at_ y n (m n)) y).
      { unfold with_. ring. }
      intros k K. unfold at_. destruct (PeanoNat.Nat.eqb_spec k n) as [-> |]; [contradiction | now split].
  Qed.

  Lemma in_pairs : forall l i j, In (i, j) (pairs l) -> In i l /\ In j l.
  Proof.
    induction l as [| n l IH]; intros i j; [now intro |]. simpl. intros [E | H].
    - injection E as <- <-. now split; left.
    - apply in_app_or in H. destruct H as [H | H].
      + apply in_map_iff in H. destruct H as [k [E K]]. injection E as <- <-. split; [now left | now right].
      + destruct (IH i j H). split; now right.
  Qed.

  Lemma curved_elsewhere : forall l a e y z m, (forall i j, In (i, j) (pairs l) -> a i j = e i j) ->
    (forall n, In n l -> y n = z n) -> curved l a y m = curved l e z m.
  Proof.
    induction l as [| n l IH]; intros a e y z m A Y; simpl; [reflexivity |].
    rewrite (Y n (or_introl eq_refl)), (A n n (or_introl eq_refl)). f_equal; [f_equal |].
    - f_equal. apply total_elsewhere. intros k K. split; [| apply Y; now right].
      apply A. simpl. right. apply in_or_app. left. apply in_map_iff. now exists k.
    - apply IH; [| intros k K; apply Y; now right]. intros i j H. apply A. simpl. right. apply in_or_app. now right.
  Qed.

  Lemma taylor_form : forall (closure : box) (t : term) (slope : nat -> term) (bent : nat -> nat -> term) m,
    (forall n, convex (closure n)) ->
    forall l y, NoDup l -> inside closure y -> (forall n, In n l -> closure n (m n)) ->
    (forall n, In n l -> derivative moves n t = Some (slope n)) ->
    (forall i j, In (i, j) (pairs l) -> derivative moves j (slope i) = Some (bent i j)) ->
    (forall n y, In n l -> inside closure y -> smooth_at t n y) ->
    (forall i j y, In (i, j) (pairs l) -> inside closure y -> smooth_at (slope i) j y) ->
    exists a, (forall i j, In (i, j) (pairs l) -> exists z, inside closure z /\ a i j = value z (bent i j)) /\
      value y t = value (moved y m l) t + total l (fun n => value (moved y m l) (slope n)) y m + curved l a y m.
  Proof.
    intros closure t slope bent m Convex. induction l as [| n l IH]; intros y Distinct Y M Slope Bent D S.
    { exists (fun _ _ => 0). split; [intros i j [] | simpl; lra]. }
    inversion Distinct as [| ? ? Fresh Rest]; subst.
    assert (P : forall u, Rmin (m n) (y n) <= u <= Rmax (m n) (y n) -> inside closure (at_ y n u)).
    { intros u U. apply (between closure m); trivial. apply M. now left. }
    assert (Own : In (n, n) (pairs (n :: l))) by (simpl; now left).
    assert (Other : forall k, In k l -> In (n, k) (pairs (n :: l))).
    { intros k K. simpl. right. apply in_or_app. left. apply in_map_iff. now exists k. }
    assert (Later : forall i j, In (i, j) (pairs l) -> In (i, j) (pairs (n :: l))).
    { intros i j H. simpl. right. apply in_or_app. now right. }
    destruct (split_taylor (with_ y n t) (with_ y n (slope n)) (with_ y n (bent n n))
      (Rmin (m n) (y n)) (Rmax (m n) (y n)) (m n) (y n)) as [u [U E]].
    { split; [apply Rmin_l | apply Rmax_l]. }
    { split; [apply Rmin_r | apply Rmax_r]. }
    { intros u U. destruct (D n (at_ y n u) (or_introl eq_refl) (P u U)) as [C Z].
      apply (derivative_at moves Moves); [apply Slope; now left | exact C | exact Z]. }
    { intros u U. destruct (S n n (at_ y n u) Own (P u U)) as [C Z].
      apply (derivative_at moves Moves); [now apply Bent | exact C | exact Z]. }
    assert (Y' : inside closure (at_ y n (m n))) by (apply P; split; [apply Rmin_l | apply Rmax_l]).
    destruct (IH (at_ y n (m n)) Rest Y') as [a [Values Sum]].
    { intros k K. apply M. now right. }
    { intros k K. apply Slope. now right. }
    { intros i j H. apply Bent. now apply Later. }
    { intros k z K. apply D. now right. }
    { intros i j z H. apply S. now apply Later. }
    destruct (mean_value_form closure (slope n) (bent n) m Convex l (at_ y n (m n)) Rest Y') as [s [Slopes Mean]].
    { intros k K. apply M. now right. }
    { intros k K. apply Bent. now apply Other. }
    { intros k z K. apply S. now apply Other. }
    assert (Same : forall k, In k l -> at_ y n (m n) k = y k).
    { intros k K. unfold at_. destruct (PeanoNat.Nat.eqb_spec k n) as [-> |]; [contradiction | reflexivity]. }
    exists (fun i j => if Nat.eqb i n then if Nat.eqb j n then value (at_ y n u) (bent n n) else s j else a i j). split.
    - intros i j H. simpl in H. destruct H as [H | H]; [injection H as <- <- | apply in_app_or in H; destruct H as [H | H]].
      + rewrite PeanoNat.Nat.eqb_refl. exists (at_ y n u). split; [now apply P | reflexivity].
      + apply in_map_iff in H. destruct H as [k [H K]]. injection H as <- <-. rewrite PeanoNat.Nat.eqb_refl.
        destruct (PeanoNat.Nat.eqb_spec k n) as [-> |]; [contradiction | now apply Slopes].
      + destruct (in_pairs l i j H) as [I _].
        destruct (PeanoNat.Nat.eqb_spec i n) as [-> |]; [contradiction | now apply Values].
    - rewrite with_here in E. rewrite E. unfold with_ at 1 2. rewrite Sum, Mean. simpl. rewrite PeanoNat.Nat.eqb_refl.
      rewrite (total_elsewhere l (fun k => value (moved (at_ y n (m n)) m l) (slope k))
        (fun k => value (moved (at_ y n (m n)) m l) (slope k)) (at_ y n (m n)) y) by (intros k K; split; [reflexivity | now apply Same]).
      rewrite (total_elsewhere l s (fun k => if Nat.eqb k n then value (at_ y n u) (bent n n) else s k) (at_ y n (m n)) y).
      2: { intros k K. split; [| now apply Same].
           destruct (PeanoNat.Nat.eqb_spec k n) as [-> |]; [contradiction | reflexivity]. }
      rewrite (curved_elsewhere l a (fun i j => if Nat.eqb i n then if Nat.eqb j n then value (at_ y n u) (bent n n) else s j else a i j)
        (at_ y n (m n)) y m).
      2: { intros i j H. destruct (in_pairs l i j H) as [I _].
           destruct (PeanoNat.Nat.eqb_spec i n) as [-> |]; [contradiction | reflexivity]. }
      2: exact Same.
      unfold with_. field.
  Qed.

  Lemma agreeing : forall t y m, (forall n, mentions n t = true -> y n = m n) -> value y t = value m t.
  Proof.
    induction t; intros y m H; simpl; try reflexivity; try (now rewrite (IHt y m H));
      try (rewrite (IHt1 y m), (IHt2 y m); [reflexivity | | ]; intros k K; apply H; simpl; rewrite K; now rewrite ?orb_true_r).
    - apply H. apply PeanoNat.Nat.eqb_refl.
    - rewrite (IHt1 y m), (IHt2 y m); try (intros k K; apply H; simpl; rewrite K; now rewrite ?orb_true_r).
      apply RInt_ext. intros u _. apply IHt3. intros n N. unfold at_. destruct (Nat.eqb n bound) eqn:B; [reflexivity |].
      apply H. simpl. rewrite B, N. now rewrite !orb_true_r.
  Qed.

  Lemma moved_value : forall m t l y, (forall n, mentions n t = true -> In n l \/ y n = m n) -> value (moved y m l) t = value m t.
  Proof.
    induction l as [| n l IH]; intros y H; simpl.
    - apply agreeing. intros n N. destruct (H n N) as [[] | E]. exact E.
    - apply IH. intros k K. unfold at_. destruct (PeanoNat.Nat.eqb_spec k n) as [-> | N]; [now right |].
      destruct (H k K) as [[-> | I] | E]; [now elim N | now left | now right].
  Qed.

  Theorem tree_shows : forall p b, shown p b ->
    forall y, inside b y -> within_bounds y -> (p = InTheBox -> Forall (holds_at y) facts) -> goal_at_point y.
  Proof.
    induction 1 as [p b H | b r R H | p b x m _ Below _ Above
      | p b x range slope last C N Slope Range Convex Last D H _ IH
      | p b closure l slope m B Distinct All Slope Closure Convex M D H
      | p b x slope bent low high C N Slope Bent Range S _ Below _ Above
      | p b closure l slope bent m B Distinct Slope Bent Closure Convex M D S H]; intros y Y W F.
    - now apply H.
    - exfalso. apply (H y Y W). specialize (F eq_refl). rewrite Forall_forall in F. now apply F.
    - destruct (Rle_lt_dec (y x) m) as [L | L]; [apply Below | apply Above]; trivial; apply inside_narrowed; trivial;
        (split; [apply Y | lra]).
    - assert (Base : goal_at_point (at_ y x last)).
      { apply IH; [now apply at_inside | now apply bounds_elsewhere | discriminate]. }
      assert (Here : range (y x)) by (apply Range, Y).
      assert (P : forall u, range u -> inside (narrowed b x range) (at_ y x u) /\ within_bounds (at_ y x u)).
      { intros u U. split; [now apply at_inside | now apply bounds_elsewhere]. }
      apply (ladder_of_terms moves Moves y x left right slope Slope c last C); [| exact Base].
      destruct H as [[End S] | [End S]]; [left | right]; (split; [now apply End | split; [| split]]); intros u U;
        (assert (V : range u) by
           first [apply (Convex last u (y x)); trivial; lra | apply (Convex (y x) u last); trivial; lra]);
        destruct (P u V); try (apply D; assumption); now apply S.
    - destruct (mean_value_form closure f slope m Convex l y Distinct (fun n => Closure n _ (Y n)) (fun n _ => M n) Slope D)
        as [s [Values E]].
      assert (G := H y s Y Values). rewrite moved_value in E by (intros n N; left; now apply All). rewrite <- E in G.
      unfold goal_at_point, f in *. simpl in *. destruct c; simpl in *; lra.
    - assert (Here : low <= y x <= high) by (apply Range, Y).
      assert (P : forall u, low <= u <= high ->
        inside (narrowed b x (fun u => low <= u <= high)) (at_ y x u) /\ within_bounds (at_ y x u)).
      { intros u U. split; [now apply at_inside | now apply bounds_elsewhere]. }
      assert (Falls : forall u v, low <= u <= high -> low <= v <= high -> u <= v -> with_ y x slope v <= with_ y x slope u).
      { intros u v U V O. destruct (split_mean (with_ y x slope) (with_ y x bent) low high u v U V) as [z [Z E]].
        - intros z Z. destruct (P z Z) as [I B]. destruct (S _ I B) as [_ [[K Q] _]].
          apply (derivative_at moves Moves); assumption.
        - destruct (P z Z) as [I B]. destruct (S _ I B) as [_ [_ Q]]. rewrite E. unfold with_ in *.
          assert (0 <= - value (at_ y x z) bent * (v - u)) by (apply Rmult_le_pos; lra). lra. }
      assert (Base : forall last, (last = low \/ last = high) -> goal_at_point (at_ y x last)).
      { intros last [-> | ->]; [apply Below | apply Above]; try (apply at_inside; trivial; reflexivity);
          try (apply bounds_elsewhere; assumption); discriminate. }
      destruct (Rle_lt_dec 0 (with_ y x slope (y x))) as [Sign | Sign].
      + apply (ladder_of_terms moves Moves y x left right slope Slope c low C); [left | apply Base; now left].
        repeat split; try apply Here.
        * intros u U. assert (V : low <= u <= high) by lra. destruct (P u V) as [I B]. apply (S _ I B).
        * intros u U. assert (V : low <= u <= high) by lra. destruct (P u V) as [I B]. apply (S _ I B).
        * intros u U. apply Rle_trans with (with_ y x slope (y x)); [exact Sign | apply Falls; lra].
      + apply (ladder_of_terms moves Moves y x left right slope Slope c high C); [right | apply Base; now right].
        repeat split; try apply Here.
        * intros u U. assert (V : low <= u <= high) by lra. destruct (P u V) as [I B]. apply (S _ I B).
        * intros u U. assert (V : low <= u <= high) by lra. destruct (P u V) as [I B]. apply (S _ I B).
        * intros u U. apply Rle_trans with (with_ y x slope (y x)); [apply Falls; lra | lra].
    - destruct (taylor_form closure f slope bent m Convex l y Distinct (fun n => Closure n _ (Y n)) M Slope Bent D S)
        as [a [Values E]].
      assert (G := H y a Y Values). rewrite <- E in G. unfold goal_at_point, f in *. simpl in *. destruct c; simpl in *; lra.
  Qed.
End Tree.
