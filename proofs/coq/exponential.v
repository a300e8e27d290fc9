(** Laws of exp and log. *)

From Coq Require Import Reals ZArith List Lra.
From Boundproof Require Import semantics.
Open Scope R_scope.

Theorem exp_positive : forall t, holds Less 0 (exp t).
Proof. exact exp_pos. Qed.

Theorem exp_tangent : forall t, holds AtMost (1 + t) (exp t).
Proof. exact exp_ineq1_le. Qed.

Theorem exp_tangent_strict : forall t, holds Different t 0 -> holds Less (1 + t) (exp t).
Proof. exact exp_ineq1. Qed.

Theorem exp_monotone : forall c a b, holds c a b -> holds c (exp a) (exp b).
Proof.
  intros [] a b; simpl; intro H.
  - destruct H as [H | ->]; [left; now apply exp_increasing | apply Rle_refl].
  - now apply exp_increasing.
  - now rewrite H.
  - intro E. apply H. now apply exp_inv.
Qed.

Theorem exp_cancel : forall c a b, holds c (exp a) (exp b) -> holds c a b.
Proof.
  intros [] a b; simpl; intro H.
  - destruct H as [H | H]; [left; now apply exp_lt_inv | right; now apply exp_inv].
  - now apply exp_lt_inv.
  - now apply exp_inv.
  - intros ->. now apply H.
Qed.

Theorem exp_sum : forall a b, holds Equal (exp (a + b)) (exp a * exp b).
Proof. exact exp_plus. Qed.

Theorem exp_log : forall t, holds Less 0 t -> holds Equal (exp (ln t)) t.
Proof. exact exp_ln. Qed.

Theorem log_exp : forall t, holds Equal (ln (exp t)) t.
Proof. exact ln_exp. Qed.

Theorem log_tangent : forall t, holds Less 0 t -> holds AtMost (ln t) (t - 1).
Proof. simpl. intros t T. assert (H := exp_ineq1_le (ln t)). rewrite exp_ln in H; lra. Qed.

Theorem log_tangent_strict : forall t, holds Less 0 t -> holds Different t 1 -> holds Less (ln t) (t - 1).
Proof.
  simpl. intros t T N. assert (H := exp_ineq1 (ln t)). rewrite exp_ln in H by exact T.
  assert (L : ln t <> 0) by (intro E; apply N; rewrite <- (exp_ln t T), E; exact exp_0).
  specialize (H L). lra.
Qed.

Theorem log_monotone : forall c a b, c <> Different -> holds Less 0 a -> holds c a b -> holds c (ln a) (ln b).
Proof.
  intros [] a b N A; simpl in *; intro H.
  - destruct H as [H | ->]; [left; now apply ln_increasing | apply Rle_refl].
  - now apply ln_increasing.
  - now rewrite H.
  - now elim N.
Qed.

Theorem log_cancel : forall c a b, holds Less 0 a -> holds Less 0 b -> holds c (ln a) (ln b) -> holds c a b.
Proof.
  intros c a b A B H. apply exp_monotone in H. simpl in A, B. now rewrite !exp_ln in H.
Qed.

(** [log_product]: of a product of atoms with integer exponents. *)
Fixpoint monomial (l : list (R * Z)) : R :=
  match l with nil => 1 | cons (a, e) l => powerRZ a e * monomial l end.
Fixpoint log_monomial (l : list (R * Z)) : R :=
  match l with nil => 0 | cons (a, e) l => IZR e * ln a + log_monomial l end.

Theorem log_product : forall t l,
  t = monomial l -> Forall (fun factor => 0 < fst factor) l -> holds Equal (ln t) (log_monomial l) /\ 0 < t.
Proof.
  intros t l -> H. simpl. induction H as [| [a e] l A L [IH Positive]]; simpl in *.
  - rewrite ln_1. lra.
  - assert (P : 0 < powerRZ a e) by now apply powerRZ_lt.
    split; [| now apply Rmult_lt_0_compat].
    rewrite ln_mult, IH, powerRZ_exp, ln_exp by assumption. reflexivity.
Qed.

(** How the logarithm of an atom is written if it is an exponential, a root or a power; each is then positive. *)
Theorem log_of_root : forall u, 0 < u -> ln (sqrt u) = ln u / 2 /\ 0 < sqrt u.
Proof.
  intros u U. assert (S : 0 < sqrt u) by now apply sqrt_lt_R0. split; [| exact S].
  assert (H : ln (sqrt u * sqrt u) = ln u) by (rewrite sqrt_sqrt; [reflexivity | lra]).
  rewrite ln_mult in H by assumption. lra.
Qed.

Theorem log_of_power : forall u v, 0 < u -> ln (power u v) = v * ln u /\ 0 < power u v.
Proof. intros u v U. rewrite power_of_positive by exact U. split; [apply ln_exp | apply exp_pos]. Qed.

(** [exp_product]: the parts are the pairs of an integer k and a term u. *)
Fixpoint sum_of_parts (parts : list (Z * R)) (sum : R) : R :=
  match parts with nil => sum | cons (k, u) parts => sum_of_parts parts (sum + IZR k * u) end.
Fixpoint product_of_parts (parts : list (Z * R)) (product : R) : R :=
  match parts with nil => product | cons (k, u) parts => product_of_parts parts (product * power (exp u) (IZR k)) end.

Theorem exp_product : forall t parts, t - sum_of_parts parts 0 = 0 -> holds Equal (exp t) (product_of_parts parts 1).
Proof.
  simpl. intros t parts T. replace t with (sum_of_parts parts 0) by lra. rewrite <- exp_0. generalize 0. clear t T.
  induction parts as [| [k u] parts IH]; intro sum; simpl; [reflexivity |].
  rewrite IH, exp_plus, power_of_positive, ln_exp by apply exp_pos. reflexivity.
Qed.

(** [log_factors]: the factors are the pairs of an exponent e and a base u. *)
Fixpoint product_of_powers (factors : list (R * R)) (product : R) : R :=
  match factors with nil => product | cons (e, u) factors => product_of_powers factors (product * power u e) end.
Fixpoint sum_of_logs (factors : list (R * R)) (sum : R) : R :=
  match factors with nil => sum | cons (e, u) factors => sum_of_logs factors (sum + e * ln u) end.

Theorem log_factors : forall t factors,
  holds Equal t (product_of_powers factors 1) -> Forall (fun factor => holds Less 0 (snd factor)) factors ->
  holds Equal (ln t) (sum_of_logs factors 0).
Proof.
  simpl. intros t factors -> Positive. rewrite <- ln_1. assert (P := Rlt_0_1). revert P. generalize 1.
  induction Positive as [| [e u] factors U _ IH]; intros product P; simpl; [reflexivity |]. simpl in U.
  destruct (log_of_power u e U) as [L Q]. rewrite IH by now apply Rmult_lt_0_compat. now rewrite ln_mult, L.
Qed.
