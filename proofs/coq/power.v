(** Laws of powers with real exponents. *)

From Coq Require Import Reals Lra Lia.
From Boundproof Require Import semantics piecewise.
Open Scope R_scope.

Theorem power_exp : forall b e, holds Less 0 b -> holds Equal (power b e) (exp (e * ln b)).
Proof. exact power_of_positive. Qed.

Theorem power_positive : forall b e, holds Less 0 b -> holds Less 0 (power b e).
Proof. simpl. intros b e B. rewrite power_of_positive by exact B. apply exp_pos. Qed.

Lemma exp_at_most : forall a b, a <= b -> exp a <= exp b.
Proof. intros a b [H | ->]; [left; now apply exp_increasing | apply Rle_refl]. Qed.

Lemma ln_at_most : forall a b, 0 < a -> a <= b -> ln a <= ln b.
Proof. intros a b A [H | ->]; [left; now apply ln_increasing | apply Rle_refl]. Qed.

Theorem power_monotone : forall a b e,
  holds Less 0 a -> holds AtMost a b -> holds AtMost 0 e -> holds AtMost (power a e) (power b e).
Proof.
  simpl. intros a b e A B E. rewrite !power_of_positive by lra. apply exp_at_most, Rmult_le_compat_l; [exact E |].
  now apply ln_at_most.
Qed.

Theorem power_exponent : forall b e f, holds AtMost 1 b -> holds AtMost e f -> holds AtMost (power b e) (power b f).
Proof.
  simpl. intros b e f B E. rewrite !power_of_positive by lra. apply exp_at_most, Rmult_le_compat_r; [| exact E].
  rewrite <- ln_1. apply ln_at_most; lra.
Qed.

Theorem power_sum : forall b e f, holds Less 0 b -> holds Equal (power b (e + f)) (power b e * power b f).
Proof.
  simpl. intros b e f B. rewrite !power_of_positive by exact B. rewrite <- exp_plus. f_equal. ring.
Qed.

Lemma bernoulli_pow : forall t n, -1 <= t -> 1 + INR n * t <= (1 + t) ^ n.
Proof.
  intros t n T. induction n as [| n IH].
  - simpl. lra.
  - rewrite S_INR. simpl. apply Rle_trans with ((1 + t) * (1 + INR n * t)).
    + assert (H := pos_INR n). assert (S : 0 <= t * t) by apply Rle_0_sqr. assert (0 <= INR n * (t * t)) by now apply Rmult_le_pos.
      lra.
    + apply Rmult_le_compat_l; lra.
Qed.

Theorem bernoulli : forall t n, natural n -> holds AtMost (-1) t -> holds AtMost (1 + n * t) (power (1 + t) n).
Proof. simpl. intros t n [k ->] T. rewrite power_INR. now apply bernoulli_pow. Qed.

Theorem power_of_zero : forall b e, holds Equal b 0 -> holds Less 0 e -> holds Equal (power b e) 0.
Proof.
  simpl. intros b e -> E. unfold power. destruct (integer_dec e) as [[z ->] | _].
  - rewrite Int_part_IZR. apply lt_IZR in E. destruct z as [| k | k]; [lia | | lia].
    simpl. apply pow_i. lia.
  - destruct (Rlt_dec 0 0); [lra | reflexivity].
Qed.

Theorem power_of_one : forall e, holds Equal (power 1 e) 1.
Proof. intro e. simpl. rewrite power_of_positive by lra. rewrite ln_1, Rmult_0_r. apply exp_0. Qed.

Theorem natural_power_sum : forall b m n,
  natural m -> natural n -> holds Equal (power b (m + n)) (power b m * power b n).
Proof. simpl. intros b m n [m' ->] [n' ->]. rewrite <- plus_INR, !power_INR. apply pow_add. Qed.

Theorem natural_power_product : forall a b n,
  natural n -> holds Equal (power (a * b) n) (power a n * power b n).
Proof. simpl. intros a b n [n' ->]. rewrite !power_INR. apply Rpow_mult_distr. Qed.

Theorem natural_power_nonnegative : forall b n, natural n -> holds AtMost 0 b -> holds AtMost 0 (power b n).
Proof. simpl. intros b n [n' ->] B. rewrite power_INR. now apply pow_le. Qed.

Theorem natural_power_monotone : forall a b n,
  natural n -> holds AtMost 0 a -> holds AtMost a b -> holds AtMost (power a n) (power b n).
Proof. simpl. intros a b n [n' ->] A B. rewrite !power_INR. now apply pow_incr. Qed.
