(** Identities between fractions. *)

From Coq Require Import Reals Lra.
From Boundproof Require Import semantics.
Open Scope R_scope.

(** How numerator and denominator of a term arise from those of its parts. Divisors are known to be non-zero. *)
Lemma fraction_sum : forall p q r s, q <> 0 -> s <> 0 -> p / q + r / s = (p * s + r * q) / (q * s).
Proof. intros. field. split; assumption. Qed.
Lemma fraction_negation : forall p q, - (p / q) = (- p) / q.
Proof. intros. unfold Rdiv. ring. Qed.
Lemma fraction_product : forall p q r s, p / q * (r / s) = (p * r) / (q * s).
Proof. intros. unfold Rdiv. rewrite Rinv_mult. ring. Qed.
Lemma fraction_quotient : forall p q r s, p / q / (r / s) = (p * s) / (q * r).
Proof. intros. unfold Rdiv. rewrite !Rinv_mult, Rinv_inv. ring. Qed.
Lemma fraction_power : forall p q n, (p / q) ^ n = p ^ n / q ^ n.
Proof. intros. unfold Rdiv. rewrite Rpow_mult_distr, pow_inv. reflexivity. Qed.
Lemma fraction_inverse_power : forall p q n, / ((p / q) ^ n) = q ^ n / p ^ n.
Proof. intros. rewrite fraction_power. unfold Rdiv. rewrite Rinv_mult, Rinv_inv. ring. Qed.

Theorem equal_fractions : forall a b p q r s,
  a = p / q -> b = r / s -> q <> 0 -> s <> 0 -> p * s = r * q -> holds Equal a b.
Proof.
  intros a b p q r s -> -> Q S H. simpl. apply (Rmult_eq_reg_r (q * s)).
  - replace (p / q * (q * s)) with (p * s) by (field; exact Q).
    replace (r / s * (q * s)) with (r * q) by (field; exact S). exact H.
  - now apply Rmult_integral_contrapositive.
Qed.
