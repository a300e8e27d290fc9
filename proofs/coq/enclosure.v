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

(** Taylor form of the second order in one variable. *)
Theorem split_taylor : forall (f slope bent : R -> R) low high m x,
  low <= m <= high -> low <= x <= high ->
  (forall u, low <= u <= high -> is_derive f u (slope u)) -> (forall u, low <= u <= high -> is_derive slope u (bent u)) ->
  exists u, low <= u <= high /\ f x = f m + slope m * (x - m) + bent u * (x - m) ^ 2 / 2.
Proof.
  intros f slope bent low high m x M X D S. destruct (Req_dec m x) as [-> | N]; [exists x; split; [exact X | field] |].
  set (k := (f x - f m - slope m * (x - m)) / (x - m) ^ 2).
  assert (K : k * (x - m) ^ 2 = f x - f m - slope m * (x - m)) by (unfold k; field; lra).
  set (g := fun t => f t + slope t * (x - t) + k * (x - t) ^ 2).
  set (g' := fun t => (bent t - 2 * k) * (x - t)).
  assert (G : forall u, low <= u <= high -> is_derive g u (g' u)).
  { intros u U. unfold g, g'. specialize (D u U). specialize (S u U). auto_derive.
    - repeat split; [exists (slope u) | exists (bent u)]; assumption.
    - replace (Derive (fun t => f t) u) with (slope u) by (symmetry; now apply is_derive_unique).
      replace (Derive (fun t => slope t) u) with (bent u) by (symmetry; now apply is_derive_unique). ring. }
  assert (C : forall u, low <= u <= high -> continuous g u).
  { intros u U. apply (ex_derive_continuous g). exists (g' u). now apply G. }
  assert (E : g x = g m) by (unfold g; lra).
  assert (Rolle : exists u, low <= u <= high /\ u <> x /\ g' u = 0).
  { destruct (Rdichotomy m x N) as [O | O];
      [destruct (mean_value_inside g g' m x O) as [u [U V]] | destruct (mean_value_inside g g' x m O) as [u [U V]]];
      try (intros; apply C; lra); try (intros; apply G; lra); (exists u; split; [lra | split; [lra |]]);
      rewrite E in V; apply (Rmult_eq_reg_r (m - x)); lra. }
  destruct Rolle as [u [U [V Z]]]. exists u. split; [exact U |]. unfold g' in Z.
  assert (B : bent u = 2 * k) by (apply (Rmult_eq_reg_r (x - u)); lra). rewrite B. lra.
Qed.

(** The difference is concave in a variable: what holds at both ends of the range holds on it. *)
Theorem split_concave : forall c (left right slope bent : R -> R) low high x,
  c = AtMost \/ c = Less -> low <= x <= high ->
  (forall u, low <= u <= high -> is_derive (fun u => right u - left u) u (slope u)) ->
  (forall u, low <= u <= high -> is_derive slope u (bent u)) -> (forall u, low <= u <= high -> bent u <= 0) ->
  holds c (left low) (right low) -> holds c (left high) (right high) -> holds c (left x) (right x).
Proof.
  intros c left right slope bent low high x C X D S B L H.
  assert (Below : forall y, low <= y <= high -> right y - left y <= right x - left x + slope x * (y - x)).
  { intros y Y. destruct (split_taylor (fun u => right u - left u) slope bent low high x y X Y D S) as [u [U E]].
    cbv beta in E. specialize (B u U). assert (Square := pow2_ge_0 (y - x)). nra. }
  assert (P : right low - left low <= right x - left x + slope x * (low - x)) by (apply Below; lra).
  assert (Q : right high - left high <= right x - left x + slope x * (high - x)) by (apply Below; lra).
  destruct (Rle_lt_dec 0 (slope x)) as [Up | Down].
  - assert (slope x * (low - x) <= 0) by nra. destruct C; subst; simpl in *; lra.
  - assert (slope x * (high - x) <= 0) by nra. destruct C; subst; simpl in *; lra.
Qed.

(** The bound of a quadratic form, [checker/src/rules/quadratic.rs]: one product against two squares, with weights. *)
Lemma product_by_squares : forall h d e v w, 0 < v -> 0 < w -> - (Rabs h * (w / v * d ^ 2 + v / w * e ^ 2) / 2) <= h * (d * e).
Proof.
  intros h d e v w V W. assert (S : forall t, Rabs t <= (w / v * d ^ 2 + v / w * e ^ 2) / 2 -> Rabs h * Rabs t <= Rabs h * ((w / v * d ^ 2 + v / w * e ^ 2) / 2)).
  { intros t T. apply Rmult_le_compat_l; [apply Rabs_pos | exact T]. }
  assert (T : Rabs (d * e) <= (w / v * d ^ 2 + v / w * e ^ 2) / 2).
  { assert (P : 0 <= (w * d - v * e) ^ 2 / (v * w)) by (apply Rle_mult_inv_pos; [apply pow2_ge_0 | now apply Rmult_lt_0_compat]).
    assert (Q : 0 <= (w * d + v * e) ^ 2 / (v * w)) by (apply Rle_mult_inv_pos; [apply pow2_ge_0 | now apply Rmult_lt_0_compat]).
    replace ((w * d - v * e) ^ 2 / (v * w)) with (w / v * d ^ 2 + v / w * e ^ 2 - 2 * (d * e)) in P by (field; lra).
    replace ((w * d + v * e) ^ 2 / (v * w)) with (w / v * d ^ 2 + v / w * e ^ 2 + 2 * (d * e)) in Q by (field; lra).
    apply Rabs_le. lra. }
  specialize (S _ T). rewrite <- Rabs_mult in S. assert (L := Rle_abs (- (h * (d * e)))). rewrite Rabs_Ropp in L. lra.
Qed.

(** What [least] computes, in its three cases. *)
Lemma least_at_zero : forall s c t, 0 <= s -> 0 <= c -> 0 <= t -> 0 <= s * t + c * t ^ 2 / 2.
Proof. intros. assert (0 <= s * t) by now apply Rmult_le_pos. assert (0 <= c * t ^ 2) by (apply Rmult_le_pos; [lra | apply pow2_ge_0]). lra. Qed.

Lemma least_at_vertex : forall s c t, 0 < c -> - (s ^ 2 / (2 * c)) <= s * t + c * t ^ 2 / 2.
Proof.
  intros s c t C. assert (P : 0 <= (s + c * t) ^ 2 / (2 * c)) by (apply Rle_mult_inv_pos; [apply pow2_ge_0 | lra]).
  replace ((s + c * t) ^ 2 / (2 * c)) with (s ^ 2 / (2 * c) + (s * t + c * t ^ 2 / 2)) in P by (field; lra). lra.
Qed.

Lemma least_at_end : forall s c t r, 0 <= t <= r -> c <= 0 \/ s + c * r <= 0 -> Rmin (r * (s + c * r / 2)) 0 <= s * t + c * t ^ 2 / 2.
Proof.
  intros s c t r [T O] H. destruct (Rle_lt_dec c 0) as [C | C].
  - destruct (Rle_lt_dec 0 (s + c * t / 2)) as [P | P].
    + apply Rle_trans with 0; [apply Rmin_r |]. assert (0 <= t * (s + c * t / 2)) by now apply Rmult_le_pos. lra.
    + apply Rle_trans with (r * (s + c * r / 2)); [apply Rmin_l |].
      assert (A : r * (s + c * r / 2) <= r * (s + c * t / 2)).
      { apply Rmult_le_compat_l; [lra |]. assert (0 <= (- c) * (r - t)) by (apply Rmult_le_pos; lra). lra. }
      assert (B : 0 <= (r - t) * - (s + c * t / 2)) by (apply Rmult_le_pos; lra). lra.
  - destruct H as [H | F]; [lra |]. apply Rle_trans with (r * (s + c * r / 2)); [apply Rmin_l |].
    assert (Q : c * (r + t) / 2 <= c * r) by (assert (0 <= c * (r - t)) by (apply Rmult_le_pos; lra); lra).
    assert (B : 0 <= (r - t) * - (s + c * (r + t) / 2)) by (apply Rmult_le_pos; lra). lra.
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
