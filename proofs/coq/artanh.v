(** The inverse hyperbolic tangent near 0, and what follows for the steps of Stirling's remainder. *)

From Coq Require Import Reals Lra.
From Coquelicot Require Import Coquelicot.
From Boundproof Require Import semantics calculus.
Open Scope R_scope.

Definition artanh (y : R) : R := (ln (1 + y) - ln (1 - y)) / 2.

Lemma square_below_one : forall y, 0 <= y < 1 -> 0 <= y ^ 2 < 1.
Proof.
  intros y Y. split; [apply pow2_ge_0 |]. assert (y * y <= y * 1) by (apply Rmult_le_compat_l; lra). simpl. lra.
Qed.

Lemma artanh_zero : artanh 0 = 0.
Proof. unfold artanh. rewrite Rplus_0_r, Rminus_0_r, ln_1. lra. Qed.

Lemma artanh_lower : forall y, 0 < y < 1 -> y + y ^ 3 / (3 - y ^ 2) < artanh y.
Proof.
  intros y Y. set (left := fun u => u + u ^ 3 / (3 - u ^ 2)).
  assert (D : forall u, 0 <= u <= y ->
    is_derive (fun u => artanh u - left u) u (4 * u ^ 4 / ((1 - u ^ 2) * (3 - u ^ 2) ^ 2))).
  { intros u U. assert (S := square_below_one u ltac:(lra)). unfold artanh, left. auto_derive; [simpl in S; repeat split; lra |].
    simpl. simpl in S. field. repeat split; lra. }
  apply (ladder_strict left artanh (fun u => 4 * u ^ 4 / ((1 - u ^ 2) * (3 - u ^ 2) ^ 2)) 0 y).
  - left. split; [lra | split; [| split]].
    + intros u U. apply (ex_derive_continuous (fun u => artanh u - left u)). eexists. now apply D.
    + intros u U. apply D. lra.
    + intros u U. assert (S := square_below_one u ltac:(lra)). apply Rdiv_lt_0_compat.
      * apply Rmult_lt_0_compat; [lra | apply pow_lt; lra].
      * apply Rmult_lt_0_compat; [lra | apply pow_lt; lra].
  - simpl. rewrite artanh_zero. unfold left. right. field.
Qed.

Lemma artanh_upper : forall y, 0 < y < 1 -> artanh y < y + y ^ 3 / (3 * (1 - y ^ 2)).
Proof.
  intros y Y. set (right := fun u => u + u ^ 3 / (3 * (1 - u ^ 2))).
  assert (D : forall u, 0 <= u <= y -> is_derive (fun u => right u - artanh u) u (2 * u ^ 4 / (3 * (1 - u ^ 2) ^ 2))).
  { intros u U. assert (S := square_below_one u ltac:(lra)). unfold artanh, right. auto_derive; [simpl in S; repeat split; lra |].
    simpl. simpl in S. field. repeat split; lra. }
  apply (ladder_strict artanh right (fun u => 2 * u ^ 4 / (3 * (1 - u ^ 2) ^ 2)) 0 y).
  - left. split; [lra | split; [| split]].
    + intros u U. apply (ex_derive_continuous (fun u => right u - artanh u)). eexists. now apply D.
    + intros u U. apply D. lra.
    + intros u U. assert (S := square_below_one u ltac:(lra)). apply Rdiv_lt_0_compat.
      * apply Rmult_lt_0_compat; [lra | apply pow_lt; lra].
      * apply Rmult_lt_0_compat; [lra | apply pow_lt; lra].
  - simpl. rewrite artanh_zero. unfold right. right. field.
Qed.

(** [(x + 1/2) log (1 + 1/x) - 1] *)
Definition step (x : R) : R := (x + 1 / 2) * (ln (x + 1) - ln x) - 1.

Lemma step_artanh : forall x, 0 < x -> let y := 1 / (2 * x + 1) in 0 < y < 1 /\ step x = artanh y / y - 1.
Proof.
  intros x X y. assert (Y : 0 < y < 1).
  { unfold y. split; [apply Rdiv_lt_0_compat; lra |]. apply (Rmult_lt_reg_r (2 * x + 1)); [lra |].
    unfold Rdiv. rewrite Rmult_assoc, Rinv_l, Rmult_1_r; lra. }
  split; [exact Y |]. unfold step, artanh. rewrite <- (ln_div (x + 1) x), <- (ln_div (1 + y) (1 - y)) by lra.
  replace ((1 + y) / (1 - y)) with ((x + 1) / x); [| unfold y; field; lra].
  replace (x + 1 / 2) with (/ (2 * y)) by (unfold y; field; lra). field. lra.
Qed.

Lemma step_lower : forall x, 0 < x -> 1 / (12 * x ^ 2 + 12 * x + 2) < step x.
Proof.
  intros x X. destruct (step_artanh x X) as [Y E]. set (y := 1 / (2 * x + 1)) in *. rewrite E.
  assert (L := artanh_lower y Y). assert (S := square_below_one y ltac:(lra)).
  assert (P := pow2_ge_0 x).
  replace (1 / (12 * x ^ 2 + 12 * x + 2)) with ((y + y ^ 3 / (3 - y ^ 2)) / y - 1).
  - unfold Rdiv. apply Rplus_lt_compat_r, Rmult_lt_compat_r; [apply Rinv_0_lt_compat; lra | exact L].
  - assert (N : 3 - y ^ 2 <> 0) by lra. replace ((y + y ^ 3 / (3 - y ^ 2)) / y - 1) with (y ^ 2 / (3 - y ^ 2)) by (field; lra).
    replace (y ^ 2) with (1 / (2 * x + 1) ^ 2) by (unfold y; field; lra).
    field. simpl in *. repeat split; lra.
Qed.

Lemma step_positive : forall x, 0 < x -> 0 < step x.
Proof.
  intros x X. apply Rlt_trans with (2 := step_lower x X). assert (P := pow2_ge_0 x). apply Rdiv_lt_0_compat; lra.
Qed.

Lemma step_upper : forall x, 0 < x -> step x < 1 / (12 * x) - 1 / (12 * (x + 1)).
Proof.
  intros x X. destruct (step_artanh x X) as [Y E]. set (y := 1 / (2 * x + 1)) in *. rewrite E.
  assert (L := artanh_upper y Y). assert (S := square_below_one y ltac:(lra)).
  replace (1 / (12 * x) - 1 / (12 * (x + 1))) with ((y + y ^ 3 / (3 * (1 - y ^ 2))) / y - 1).
  - unfold Rdiv. apply Rplus_lt_compat_r, Rmult_lt_compat_r; [apply Rinv_0_lt_compat; lra | exact L].
  - assert (N : 1 - y ^ 2 <> 0) by lra.
    replace ((y + y ^ 3 / (3 * (1 - y ^ 2))) / y - 1) with (y ^ 2 / (3 * (1 - y ^ 2))) by (field; lra).
    replace (y ^ 2) with (1 / (2 * x + 1) ^ 2) by (unfold y; field; lra).
    assert (0 < x * x) by now apply Rmult_lt_0_compat. field. simpl. repeat split; lra.
Qed.

Lemma step_robbins : forall x, 1 / 2 <= x -> 1 / (12 * x + 1) - 1 / (12 * (x + 1) + 1) < step x.
Proof.
  intros x X. apply Rle_lt_trans with (2 := step_lower x ltac:(lra)). assert (P := pow2_ge_0 x).
  assert (Q : 0 < 12 * x ^ 2 + 12 * x + 2) by lra.
  replace (1 / (12 * x + 1) - 1 / (12 * (x + 1) + 1)) with (1 / (12 * x ^ 2 + 14 * x + 13 / 12)) by (field; lra).
  unfold Rdiv. rewrite !Rmult_1_l. apply Rinv_le_contravar; lra.
Qed.
