(** Exact polynomial identities with nonnegative multipliers, and the identities by which terms are normalised. *)

From Coq Require Import Reals List Lra Lia.
From Boundproof Require Import semantics.
Import ListNotations.
Open Scope R_scope.

(** * Normal forms

    The checker replaces a term by a sum of monomials over atoms with integer exponents. Beyond the commutative ring
    these are the identities that it uses. The first ones hold for all reals; only [cancel] asks for a non-zero atom. *)

Lemma divide_by_inverse : forall a b, a / b = a * / b.
Proof. reflexivity. Qed.
Lemma inverse_of_zero : / 0 = 0.
Proof. exact Rinv_0. Qed.
Lemma inverse_of_product : forall a b, / (a * b) = / a * / b.
Proof. exact Rinv_mult. Qed.
Lemma inverse_of_inverse : forall a, / / a = a.
Proof. exact Rinv_inv. Qed.
Lemma inverse_of_power : forall a n, / (a ^ n) = (/ a) ^ n.
Proof. intros a n. symmetry. apply pow_inv. Qed.
(** The greatest common monomial may be taken out of a divisor: exponents of one sign add up, also for [a = 0]. *)
Lemma powers_add : forall a m n, a ^ (m + n) = a ^ m * a ^ n.
Proof. intros. apply pow_add. Qed.
Lemma power_of_zero : forall a, a ^ 0 = 1.
Proof. reflexivity. Qed.
Lemma cancel : forall a, a <> 0 -> a * / a = 1.
Proof. exact Rinv_r. Qed.

(** A product that is not 0 has no factor that is 0; a factor with a negative exponent stands for its inverse. *)
Lemma nonzero_factor : forall a b, a * b <> 0 -> a <> 0 /\ b <> 0.
Proof. intros a b H. split; intro Z; apply H; rewrite Z; ring. Qed.
Lemma nonzero_inverse : forall a, / a <> 0 -> a <> 0.
Proof. intros a H Z. apply H. rewrite Z. exact Rinv_0. Qed.
Lemma nonzero_power : forall a n, a ^ S n <> 0 -> a <> 0.
Proof. intros a n H Z. apply H. rewrite Z. simpl. ring. Qed.

(** * combine *)

(** What is known of a factor: of [right - left] of a fact, or of a square. *)
Inductive sign := Zero | Nonnegative | Positive.

Definition has_sign (s : sign) (x : R) : Prop :=
  match s with Zero => x = 0 | Nonnegative => 0 <= x | Positive => 0 < x end.

(** The sign of a product of factors. *)
Definition joint (s t : sign) : sign :=
  match s, t with
  | Zero, _ | _, Zero => Zero
  | Nonnegative, _ | _, Nonnegative => Nonnegative
  | Positive, Positive => Positive
  end.

Lemma has_sign_joint : forall s t x y, has_sign s x -> has_sign t y -> has_sign (joint s t) (x * y).
Proof.
  intros [] [] x y; simpl; intros X Y; subst; try ring; try (now apply Rmult_lt_0_compat);
    apply Rmult_le_pos; lra.
Qed.

Record product := Product { coefficient : R; factors : list (sign * R) }.

Definition product_sign (p : product) : sign := fold_right (fun f s => joint (fst f) s) Positive (factors p).
Definition product_value (p : product) : R := fold_right (fun f v => snd f * v) 1 (factors p).
Definition term_value (p : product) : R := coefficient p * product_value p.
Definition sum_value (l : list product) : R := fold_right (fun p v => term_value p + v) 0 l.

(** Every factor has its sign, and where no equality stands in the product the coefficient is no negative number. *)
Definition product_sound (p : product) : Prop :=
  Forall (fun f => has_sign (fst f) (snd f)) (factors p) /\ (product_sign p = Zero \/ 0 <= coefficient p).

Definition counts_strictly (p : product) : Prop := product_sign p = Positive /\ 0 < coefficient p.

Lemma product_value_sign : forall p,
  Forall (fun f => has_sign (fst f) (snd f)) (factors p) -> has_sign (product_sign p) (product_value p).
Proof.
  intros [c l]. unfold product_sign, product_value. simpl. induction l as [| [s x] l IH]; simpl; intro H.
  - lra.
  - inversion H as [| ? ? Head Tail]; subst. now apply has_sign_joint; [exact Head | apply IH].
Qed.

Lemma term_nonnegative : forall p, product_sound p -> 0 <= term_value p.
Proof.
  intros p [Signs Coefficient]. assert (S := product_value_sign p Signs). unfold term_value.
  destruct Coefficient as [Z | C].
  - rewrite Z in S. simpl in S. rewrite S. lra.
  - apply Rmult_le_pos; [exact C |]. destruct (product_sign p); simpl in S; lra.
Qed.

Lemma sum_nonnegative : forall l, Forall product_sound l -> 0 <= sum_value l.
Proof.
  induction 1 as [| p l P L IH]; simpl; [lra |]. assert (H := term_nonnegative p P). lra.
Qed.

Definition combine_condition (c : comparison) (l : list product) : Prop :=
  match c with
  | AtMost => True
  | Less => Exists counts_strictly l
  | Equal => Forall (fun p => product_sign p = Zero \/ coefficient p = 0) l
  | Different => False
  end.

Theorem combine : forall c left right l,
  Forall product_sound l -> right - left = sum_value l -> combine_condition c l -> holds c left right.
Proof.
  intros c left right l Sound Identity Condition. assert (N := sum_nonnegative l Sound).
  destruct c; simpl in *; try lra; try contradiction.
  - assert (0 < sum_value l); [| lra]. clear N Identity. induction Condition as [p l H | p l H IH]; simpl;
      inversion Sound as [| ? ? P L]; subst.
    + destruct H as [S C]. destruct P as [Signs _]. assert (V := product_value_sign p Signs). rewrite S in V.
      simpl in V. assert (0 < term_value p) by (apply Rmult_lt_0_compat; assumption).
      assert (0 <= sum_value l) by (now apply sum_nonnegative). lra.
    + assert (0 <= term_value p) by (now apply term_nonnegative). specialize (IH L). lra.
  - assert (sum_value l = 0); [| lra]. clear N Identity. induction Condition as [| p l H L IH]; simpl; [reflexivity |].
    inversion Sound as [| ? ? P Rest]; subst. destruct P as [Signs _]. assert (V := product_value_sign p Signs).
    rewrite IH by exact Rest. unfold term_value. destruct H as [Z | Z]; [rewrite Z in V; simpl in V; rewrite V | rewrite Z]; ring.
Qed.

(** What a fact says of [right - left]. *)
Lemma fact_at_most : forall a b, a <= b -> has_sign Nonnegative (b - a).
Proof. intros a b H. simpl. lra. Qed.
Lemma fact_less : forall a b, a < b -> has_sign Positive (b - a).
Proof. intros a b H. simpl. lra. Qed.
Lemma fact_equal : forall a b, a = b -> has_sign Zero (b - a).
Proof. intros a b H. simpl. lra. Qed.
Lemma fact_square : forall a, has_sign Nonnegative (a ^ 2).
Proof. intro a. apply pow2_ge_0. Qed.

(** * The other rules *)

(** [left != right] from a strict or unequal fact whose difference is the same up to sign. *)
Theorem different : forall c a b left right,
  c = Less \/ c = Different -> holds c a b -> (right - left = b - a \/ right - left = - (b - a)) ->
  holds Different left right.
Proof. intros c a b left right [-> | ->] H [E | E]; simpl in *; lra. Qed.

Theorem congruence : forall (t : R -> R) a b, holds Equal a b -> holds Equal (t a) (t b).
Proof. intros t a b H. simpl in *. now rewrite H. Qed.

Theorem reciprocal : forall t, t <> 0 \/ 0 < t \/ t < 0 -> holds Equal (t * (1 / t)) 1.
Proof. intros t H. simpl. field. destruct H as [H | [H | H]]; lra. Qed.

(** Every occurrence of [a] in a relation replaced by [b]. *)
Theorem rewrite : forall c (left right : R -> R) a b,
  holds Equal a b -> holds c (left a) (right a) -> holds c (left b) (right b).
Proof. intros c left right a b E H. simpl in E. now rewrite <- E. Qed.
