(** Factorials and binomial coefficients of natural numbers. *)

From Coq Require Import Reals ZArith Lra Lia.
From Boundproof Require Import semantics gamma.
Open Scope R_scope.

(** * As natural numbers *)

Lemma factorial_INR : forall n, factorial (INR n) = INR (fact n).
Proof. intro n. unfold factorial. now rewrite (INR_IZR_INZ n), Int_part_IZR, Nat2Z.id. Qed.

Lemma binomial_INR : forall n k, binomial (INR n) (INR k) = if le_dec k n then Binomial.C n k else 0.
Proof. intros n k. unfold binomial. now rewrite (INR_IZR_INZ n), (INR_IZR_INZ k), !Int_part_IZR, !Nat2Z.id. Qed.

Lemma binomial_C : forall n k, (k <= n)%nat -> binomial (INR n) (INR k) = Binomial.C n k.
Proof. intros n k K. rewrite binomial_INR. now destruct (le_dec k n). Qed.

Lemma binomial_zero : forall n k, (n < k)%nat -> binomial (INR n) (INR k) = 0.
Proof. intros n k K. rewrite binomial_INR. destruct (le_dec k n); [lia | reflexivity]. Qed.

Lemma natural_of : forall n, integer n -> 0 <= n -> exists m, n = INR m.
Proof. exact nonnegative_integer_natural. Qed.

(** The naturals k <= n that two premises speak about. *)
Lemma chosen_of : forall n k, integer n -> integer k -> 0 <= k -> k <= n ->
  exists m j, n = INR m /\ k = INR j /\ (j <= m)%nat.
Proof.
  intros n k N K Low High. destruct (natural_of n N) as [m ->]; [lra |]. destruct (natural_of k K Low) as [j ->].
  exists m, j. repeat split. now apply INR_le.
Qed.

(** * Factorials *)

Theorem factorial_next : forall n,
  integer n -> holds AtMost 0 n -> holds Equal (factorial (n + 1)) ((n + 1) * factorial n).
Proof.
  simpl. intros n N P. destruct (natural_of n N P) as [m ->]. rewrite <- S_INR, !factorial_INR, <- mult_INR. reflexivity.
Qed.

Theorem factorial_positive : forall n, integer n -> holds AtMost 0 n -> holds AtMost 1 (factorial n).
Proof.
  simpl. intros n N P. destruct (natural_of n N P) as [m ->]. rewrite factorial_INR.
  apply (le_INR 1). assert (H := lt_O_fact m). lia.
Qed.

Theorem factorial_gamma : forall n, integer n -> holds AtMost 0 n -> holds Equal (factorial n) (gamma (n + 1)).
Proof.
  simpl. intros n N P. destruct (natural_of n N P) as [m ->]. clear N P. rewrite factorial_INR, <- S_INR.
  induction m as [| m IH].
  - simpl. symmetry. apply gamma_one.
  - rewrite (S_INR (S m)). rewrite gamma_next by apply lt_0_INR, Nat.lt_0_succ. rewrite <- IH, <- mult_INR. reflexivity.
Qed.

(** * Binomial coefficients *)

Theorem binomial_factorial : forall n k,
  integer n -> integer k -> holds AtMost 0 k -> holds AtMost k n ->
  holds Equal (binomial n k * (factorial k * factorial (n - k))) (factorial n).
Proof.
  simpl. intros n k N K Low High. destruct (chosen_of n k N K Low High) as [m [j [-> [-> J]]]].
  rewrite <- minus_INR by exact J. rewrite binomial_C, !factorial_INR by exact J. unfold Binomial.C. field.
  split; apply INR_fact_neq_0.
Qed.

Theorem binomial_symmetry : forall n k,
  integer n -> integer k -> holds AtMost 0 k -> holds AtMost k n -> holds Equal (binomial n k) (binomial n (n - k)).
Proof.
  simpl. intros n k N K Low High. destruct (chosen_of n k N K Low High) as [m [j [-> [-> J]]]].
  rewrite <- minus_INR by exact J. rewrite !binomial_C by lia. now apply pascal_step1.
Qed.

Theorem binomial_positive : forall n k,
  integer n -> integer k -> holds AtMost 0 k -> holds AtMost k n -> holds AtMost 1 (binomial n k).
Proof.
  simpl. intros n k N K Low High. destruct (chosen_of n k N K Low High) as [m [j [-> [-> J]]]].
  rewrite binomial_C by exact J. destruct (natural_C m j J) as [c C]. rewrite C. apply (le_INR 1).
  destruct c as [| c]; [exfalso | lia]. assert (P : 0 < Binomial.C m j); [| rewrite C in P; simpl in P; lra].
  unfold Binomial.C. apply Rdiv_lt_0_compat; [| apply Rmult_lt_0_compat]; apply INR_fact_lt_0.
Qed.

Theorem binomial_nonnegative : forall n k,
  integer n -> integer k -> holds AtMost 0 n -> holds AtMost 0 k -> holds AtMost 0 (binomial n k).
Proof. intros n k _ _ _ _. apply natural_nonnegative, natural_binomial. Qed.

Theorem binomial_beyond : forall n k,
  integer n -> integer k -> holds AtMost 0 n -> holds Less n k -> holds Equal (binomial n k) 0.
Proof.
  simpl. intros n k N K P H. destruct (natural_of n N P) as [m ->]. destruct (natural_of k K) as [j ->]; [lra |].
  apply binomial_zero. now apply INR_lt.
Qed.

Theorem binomial_of_zero : forall n, integer n -> holds AtMost 0 n -> holds Equal (binomial n 0) 1.
Proof.
  simpl. intros n N P. destruct (natural_of n N P) as [m ->]. change 0 with (INR 0). rewrite binomial_C by lia.
  unfold Binomial.C. rewrite Nat.sub_0_r. simpl. field. apply INR_fact_neq_0.
Qed.

Lemma absorption : forall m j, (j <= m)%nat -> Binomial.C (S m) (S j) * INR (S j) = INR (S m) * Binomial.C m j.
Proof.
  intros m j J. unfold Binomial.C. simpl Nat.sub. rewrite !fact_simpl, !mult_INR. field.
  repeat split; try apply INR_fact_neq_0. apply not_0_INR. lia.
Qed.

Theorem binomial_diagonal : forall n k,
  integer n -> integer k -> holds AtMost 0 n -> holds AtMost 0 k ->
  holds Equal (binomial (n + 1) (k + 1) * (k + 1)) ((n + 1) * binomial n k).
Proof.
  simpl. intros n k N K P Q. destruct (natural_of n N P) as [m ->]. destruct (natural_of k K Q) as [j ->].
  rewrite <- !S_INR. destruct (le_lt_dec j m) as [J | J].
  - rewrite !binomial_C by lia. now apply absorption.
  - rewrite !binomial_zero by lia. ring.
Qed.

Theorem binomial_row : forall n k,
  integer n -> integer k -> holds AtMost 0 n -> holds AtMost 0 k ->
  holds Equal (binomial (n + 1) k * (n + 1 - k)) ((n + 1) * binomial n k).
Proof.
  simpl. intros n k N K P Q. destruct (natural_of n N P) as [m ->]. destruct (natural_of k K Q) as [j ->].
  rewrite <- !S_INR. destruct (lt_eq_lt_dec j (S m)) as [[J | ->] | J].
  - rewrite !binomial_C by lia. rewrite <- minus_INR by lia. unfold Binomial.C.
    replace (S m - j)%nat with (S (m - j)) by lia. rewrite !fact_simpl, !mult_INR. field.
    repeat split; try apply INR_fact_neq_0. apply not_0_INR. lia.
  - rewrite (binomial_zero m (S m)) by lia. ring.
  - rewrite !binomial_zero by lia. ring.
Qed.

Theorem binomial_column : forall n k,
  integer n -> integer k -> holds AtMost 0 n -> holds AtMost 0 k ->
  holds Equal (binomial n (k + 1) * (k + 1)) ((n - k) * binomial n k).
Proof.
  simpl. intros n k N K P Q. destruct (natural_of n N P) as [m ->]. destruct (natural_of k K Q) as [j ->].
  rewrite <- !S_INR. destruct (lt_eq_lt_dec j m) as [[J | ->] | J].
  - rewrite !binomial_C by lia. rewrite <- minus_INR by lia. unfold Binomial.C.
    replace (m - j)%nat with (S (m - S j)) by lia. rewrite !fact_simpl, !mult_INR. field.
    repeat split; try apply INR_fact_neq_0; apply not_0_INR; lia.
  - rewrite (binomial_zero m (S m)) by lia. ring.
  - rewrite !binomial_zero by lia. ring.
Qed.

Theorem binomial_pascal : forall n k,
  integer n -> integer k -> holds AtMost 0 n -> holds AtMost 0 k ->
  holds Equal (binomial (n + 1) (k + 1)) (binomial n k + binomial n (k + 1)).
Proof.
  simpl. intros n k N K P Q. destruct (natural_of n N P) as [m ->]. destruct (natural_of k K Q) as [j ->].
  rewrite <- !S_INR. destruct (lt_eq_lt_dec j m) as [[J | ->] | J].
  - rewrite !binomial_C by lia. now rewrite pascal by exact J.
  - rewrite (binomial_zero m (S m)), !binomial_C by lia. unfold Binomial.C. rewrite !Nat.sub_diag. simpl (fact 0).
    simpl (INR 1). field. split; apply INR_fact_neq_0.
  - rewrite !binomial_zero by lia. ring.
Qed.

(** A summand of a sum of nonnegative ones. *)
Lemma summand_at_most : forall f n k,
  (k <= n)%nat -> (forall i, (i <= n)%nat -> 0 <= f i) -> f k <= sum_f_R0 f n.
Proof.
  intros f n. induction n as [| n IH]; intros k K F; simpl.
  - replace k with 0%nat by lia. apply Rle_refl.
  - assert (Last : 0 <= f (S n)) by now apply F. destruct (Nat.eq_dec k (S n)) as [-> | D].
    + assert (H : f 0%nat <= sum_f_R0 f n) by (apply IH; [lia | intros; apply F; lia]).
      assert (0 <= f 0%nat) by (apply F; lia). lra.
    + assert (H : f k <= sum_f_R0 f n) by (apply IH; [lia | intros; apply F; lia]). lra.
Qed.

Lemma binomial_term_pow : forall x y n k, 0 <= x -> 0 <= y -> (k <= n)%nat ->
  Binomial.C n k * (x ^ k * y ^ (n - k)) <= (x + y) ^ n.
Proof.
  intros x y n k X Y K. rewrite Binomial.binomial. rewrite <- Rmult_assoc.
  apply (summand_at_most (fun i => Binomial.C n i * x ^ i * y ^ (n - i))); [exact K |]. intros i I.
  apply Rmult_le_pos; [apply Rmult_le_pos |]; try now apply pow_le. now apply natural_nonnegative, natural_C.
Qed.

Theorem binomial_term : forall x y n k,
  holds Less 0 x -> holds Less 0 y -> integer n -> integer k -> holds AtMost 0 k -> holds AtMost k n ->
  holds AtMost (binomial n k * (power x k * power y (n - k))) (power (x + y) n).
Proof.
  simpl. intros x y n k X Y N K Low High. destruct (chosen_of n k N K Low High) as [m [j [-> [-> J]]]].
  rewrite <- minus_INR by exact J. rewrite !power_INR, binomial_C by exact J. apply binomial_term_pow; lra || exact J.
Qed.

Theorem binomial_bound : forall n k,
  integer n -> integer k -> holds AtMost 0 n -> holds AtMost 0 k -> holds AtMost (binomial n k) (power 2 n).
Proof.
  simpl. intros n k N K P Q. destruct (natural_of n N P) as [m ->]. destruct (natural_of k K Q) as [j ->].
  rewrite power_INR. destruct (le_lt_dec j m) as [J | J].
  - rewrite binomial_C by exact J. assert (H := binomial_term_pow 1 1 m j Rle_0_1 Rle_0_1 J).
    rewrite !pow1, !Rmult_1_r in H. exact H.
  - rewrite binomial_zero by exact J. apply pow_le. lra.
Qed.
