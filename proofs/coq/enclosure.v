(** Enclosures over boxes, split where needed; and the steps of interval arithmetic, with open and infinite ends. *)

From Coq Require Import Reals Lra Lia.
From Coquelicot Require Import Coquelicot.
From Boundproof Require Import semantics calculus.
Open Scope R_scope.

(** Whatever the two sides may be within their enclosures, they compare as stated. *)
Theorem enclose : forall c a b (A B : R -> Prop),
  A a -> B b -> (forall u v, A u -> B v -> holds c u v) -> holds c a b.
Proof. intros c a b A B Ha Hb H. now apply H. Qed.

(** Or an enclosure of the difference decides. *)
Theorem enclose_difference : forall c a b (D : R -> Prop), D (b - a) -> (forall v, D v -> holds c 0 v) -> holds c a b.
Proof. intros c a b D Difference H. apply H in Difference. destruct c; simpl in *; lra. Qed.

(** Or the bounds contradict each other. *)
Theorem enclose_empty : forall c d l t u (conclusion : Prop),
  c = AtMost \/ c = Less -> d = AtMost \/ d = Less -> holds c l t -> holds d t u ->
  u < l \/ u <= l /\ (c = Less \/ d = Less) -> conclusion.
Proof. intros c d l t u conclusion [-> | ->] [-> | ->]; simpl; intros L U [E | [E [S | S]]]; try discriminate; lra. Qed.

(** The steps of a tree of boxes; [tree] puts them together. A box is the union of the two halves. *)
Theorem split : forall x at_ (conclusion : Prop),
  (x <= at_ -> conclusion) -> (at_ <= x -> conclusion) -> conclusion.
Proof. intros x m conclusion Below Above. destruct (Rle_lt_dec x m); [auto | apply Above; lra]. Qed.

(** A leaf on which a fact is false speaks about nothing. *)
Theorem split_empty : forall c a b (conclusion : Prop), holds c a b -> fails c a b -> conclusion.
Proof. intros c a b conclusion H F. apply fails_iff in F. contradiction. Qed.

(** The difference is monotone in a variable: what holds at the end of the range holds on it. *)
Theorem split_monotone_rising : forall c (left right slope : R -> R) low x,
  c = AtMost \/ c = Less -> low <= x ->
  (forall u, low <= u <= x -> is_derive (fun u => right u - left u) u (slope u)) ->
  (forall u, low <= u <= x -> 0 <= slope u) ->
  holds c (left low) (right low) -> holds c (left x) (right x).
Proof.
  intros c left right slope low x C Order D S. apply (ladder c left right slope low x C). left.
  split; [exact Order | split; [| split]].
  - intros u U. apply (ex_derive_continuous (fun u => right u - left u)). exists (slope u). now apply D.
  - intros u U. apply D. lra.
  - intros u U. apply S. lra.
Qed.

Theorem split_monotone_falling : forall c (left right slope : R -> R) high x,
  c = AtMost \/ c = Less -> x <= high ->
  (forall u, x <= u <= high -> is_derive (fun u => right u - left u) u (slope u)) ->
  (forall u, x <= u <= high -> slope u <= 0) ->
  holds c (left high) (right high) -> holds c (left x) (right x).
Proof.
  intros c left right slope high x C Order D S. apply (ladder c left right slope high x C). right.
  split; [exact Order | split; [| split]].
  - intros u U. apply (ex_derive_continuous (fun u => right u - left u)). exists (slope u). now apply D.
  - intros u U. apply D. lra.
  - intros u U. apply S. lra.
Qed.

(** Mean value form in one variable. In several, they are moved to the middle one after the other. *)
Theorem split_mean : forall (f slope : R -> R) low high m x,
  low <= m <= high -> low <= x <= high ->
  (forall u, low <= u <= high -> is_derive f u (slope u)) ->
  exists u, low <= u <= high /\ f x = f m + slope u * (x - m).
Proof.
  intros f slope low high m x M X D.
  assert (K : forall u, low <= u <= high -> continuous f u).
  { intros u U. apply (ex_derive_continuous f). exists (slope u). now apply D. }
  destruct (Rtotal_order m x) as [O | [-> | O]].
  - destruct (mean_value_inside f slope m x O) as [u [U E]]; [intros; apply K; lra | intros; apply D; lra |].
    exists u. split; [lra |]. lra.
  - exists x. split; [exact X |]. ring.
  - destruct (mean_value_inside f slope x m O) as [u [U E]]; [intros; apply K; lra | intros; apply D; lra |].
    exists u. split; [lra |]. lra.
Qed.

(** * Interval arithmetic

    [above s a x]: a is a lower end of x, open if s is [Less]. *)

Definition above (c : comparison) (a x : R) : Prop := match c with Less => a < x | _ => a <= x end.
Definition both (c d : comparison) : comparison := match c, d with Less, Less => Less | _, _ => AtMost end.

Lemma product_lower_corners : forall a b c d x y m,
  a <= x <= b -> c <= y <= d -> m <= a * c -> m <= a * d -> m <= b * c -> m <= b * d -> m <= x * y.
Proof.
  intros a b c d x y m X Y AC AD BC BD. destruct (Rle_lt_dec 0 y) as [P | N].
  - apply Rle_trans with (a * y); [| apply Rmult_le_compat_r; lra]. destruct (Rle_lt_dec 0 a).
    + apply Rle_trans with (a * c); [lra | apply Rmult_le_compat_l; lra].
    + apply Rle_trans with (a * d); [lra |]. assert (0 <= - a * (d - y)) by (apply Rmult_le_pos; lra). lra.
  - apply Rle_trans with (b * y).
    + destruct (Rle_lt_dec 0 b).
      * apply Rle_trans with (b * c); [lra | apply Rmult_le_compat_l; lra].
      * apply Rle_trans with (b * d); [lra |]. assert (0 <= - b * (d - y)) by (apply Rmult_le_pos; lra). lra.
    + assert (0 <= - y * (b - x)) by (apply Rmult_le_pos; lra). lra.
Qed.

Lemma product_upper_corners : forall a b c d x y m,
  a <= x <= b -> c <= y <= d -> a * c <= m -> a * d <= m -> b * c <= m -> b * d <= m -> x * y <= m.
Proof.
  intros a b c d x y m X Y AC AD BC BD.
  assert (- m <= (- x) * y); [| lra].
  apply (product_lower_corners (- b) (- a) c d); lra.
Qed.

Lemma product_lower : forall a c x y, 0 <= a <= x -> 0 <= c <= y -> a * c <= x * y.
Proof. intros. apply Rmult_le_compat; lra. Qed.
Lemma product_lower_strict : forall a c x y, 0 <= a < x -> 0 <= c < y -> a * c < x * y.
Proof.
  intros a c x y [A X] [C Y]. apply Rle_lt_trans with (a * y); [apply Rmult_le_compat_l; lra | apply Rmult_lt_compat_r; lra].
Qed.
Lemma product_upper : forall b d x y, 0 <= x <= b -> 0 <= y <= d -> x * y <= b * d.
Proof. intros. apply Rmult_le_compat; lra. Qed.

Lemma inverse_positive : forall x, 0 < x -> 0 < / x.
Proof. exact Rinv_0_lt_compat. Qed.
Lemma inverse_nonnegative : forall x, 0 <= x -> 0 <= / x.
Proof. intros x [H | <-]; [left; now apply Rinv_0_lt_compat | rewrite Rinv_0; lra]. Qed.
Lemma inverse_upper : forall c x, 0 < c -> c <= x -> / x <= / c.
Proof. intros. now apply Rinv_le_contravar. Qed.
Lemma inverse_upper_strict : forall c x, 0 < c -> c < x -> / x < / c.
Proof. intros c x C X. apply Rinv_lt_contravar; [apply Rmult_lt_0_compat; lra | exact X]. Qed.

Lemma pow_lower : forall a x n, 0 <= a <= x -> a ^ n <= x ^ n.
Proof. intros. apply pow_incr. lra. Qed.
Lemma pow_even_nonnegative : forall x n, 0 <= x ^ (2 * n).
Proof. intros x n. rewrite pow_mult. apply pow_le, pow2_ge_0. Qed.
