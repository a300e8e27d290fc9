(** The law of robustness itself: Theorem 3 of Bubeck & Sellke, arXiv:2105.12806v1, as repaired in
    [specs/bubeck-sellke-2021/repaired/law_of_robustness.spec], with n, d, p, k, c, W, J, eps and delta symbolic.

    The law of the sample is an abstract finite measure: monotone and subadditive is all that is used of it. What the
    specification takes on reference are the hypotheses of the section at the end: Hoeffding's inequality, isoperimetry,
    Proposition 1.2, the size of a net, and the sentences that say how the sample is made. Everything between them and
    the last line is proved here: clipping, the change from class to net, the decomposition of the square error, the
    pigeonhole over components, the union bounds, and every constant. *)

From Coq Require Import Reals List Lra Lia Psatz Classical.
Import ListNotations.
Open Scope R_scope.

(** * Finite sums *)

Fixpoint sum (n : nat) (a : nat -> R) : R := match n with O => 0 | S n => sum n a + a n end.

Lemma sum_le : forall n a b, (forall i, a i <= b i) -> sum n a <= sum n b.
Proof. intros n a b H. induction n as [| n IH]; simpl; [lra |]. assert (K := H n). lra. Qed.

Lemma sum_ext : forall n a b, (forall i, a i = b i) -> sum n a = sum n b.
Proof. intros n a b H. induction n as [| n IH]; simpl; [reflexivity |]. rewrite IH, H. reflexivity. Qed.

Lemma sum_plus : forall n a b, sum n (fun i => a i + b i) = sum n a + sum n b.
Proof. intros n a b. induction n as [| n IH]; simpl; [lra |]. rewrite IH. lra. Qed.

Lemma sum_scale : forall n c a, sum n (fun i => c * a i) = c * sum n a.
Proof. intros n c a. induction n as [| n IH]; simpl; [lra |]. rewrite IH. lra. Qed.

Lemma sum_constant : forall n c, sum n (fun _ => c) = INR n * c.
Proof. intros n c. induction n as [| n IH]; [simpl; lra |]. rewrite S_INR. simpl sum. rewrite IH. lra. Qed.

Lemma sum_lt : forall n a b, (1 <= n)%nat -> (forall i, (i < n)%nat -> a i < b i) -> sum n a < sum n b.
Proof.
  intros n a b N H. induction n as [| n IH]; [lia |]. simpl. assert (K := H n ltac:(lia)). destruct n as [| n].
  - simpl. lra.
  - assert (sum (S n) a < sum (S n) b); [apply IH; [lia | intros; apply H; lia] | lra].
Qed.

Lemma sum_le_below : forall n a b, (forall i, (i < n)%nat -> a i <= b i) -> sum n a <= sum n b.
Proof.
  intros n a b H. induction n as [| n IH]; simpl; [lra |]. assert (K := H n ltac:(lia)).
  assert (sum n a <= sum n b); [apply IH; intros; apply H; lia | lra].
Qed.

(** One place of a sum over components, and a sum taken component by component. *)
Definition only (l j : nat) (v : R) : R := if Nat.eqb l j then v else 0.

Lemma sum_only : forall k l v, (l < k)%nat -> sum k (fun j => only l j v) = v.
Proof.
  assert (Zero : forall k l v, (k <= l)%nat -> sum k (fun j => only l j v) = 0).
  { induction k as [| k IH]; intros l v K; simpl; [reflexivity |]. rewrite IH by lia. unfold only.
    destruct (Nat.eqb_spec l k); [lia | lra]. }
  induction k as [| k IH]; intros l v L; [lia |]. simpl. unfold only at 2. destruct (Nat.eqb_spec l k) as [-> | N].
  - rewrite Zero by lia. lra.
  - rewrite IH by lia. lra.
Qed.

Lemma sum_by_component : forall n k (l : nat -> nat) a, (forall i, (l i < k)%nat) ->
  sum n a = sum k (fun j => sum n (fun i => only (l i) j (a i))).
Proof.
  intros n k l a L. induction n as [| n IH]; simpl.
  - rewrite sum_constant. lra.
  - rewrite sum_plus, <- IH, sum_only; [reflexivity | apply L].
Qed.

(** * Measures *)

Record finite_measure {Omega : Type} (P : (Omega -> Prop) -> R) : Prop := {
  monotone : forall A B : Omega -> Prop, (forall w, A w -> B w) -> P A <= P B;
  subadditive : forall A B : Omega -> Prop, P (fun w => A w \/ B w) <= P A + P B;
  nothing : P (fun _ => False) <= 0
}.

Section Unions.
  Context {Omega : Type} (P : (Omega -> Prop) -> R) (Measure : finite_measure P).

  Lemma union_of_list : forall {T : Type} (A : T -> Omega -> Prop) q (l : list T),
    (forall v, In v l -> P (A v) <= q) -> P (fun w => exists v, In v l /\ A v w) <= INR (length l) * q.
  Proof.
    intros T A q l. induction l as [| v l IH]; intro H.
    - simpl. rewrite Rmult_0_l. apply Rle_trans with (P (fun _ => False)); [| apply (nothing P Measure)].
      apply (monotone P Measure). intros w [v [[] _]].
    - apply Rle_trans with (P (fun w => A v w \/ exists u, In u l /\ A u w)).
      + apply (monotone P Measure). intros w [u [[<- | U] K]]; [now left | right; now exists u].
      + assert (S := subadditive P Measure (A v) (fun w => exists u, In u l /\ A u w)).
        assert (V := H v (or_introl eq_refl)). assert (L := IH (fun u U => H u (or_intror U))).
        simpl length. rewrite S_INR. lra.
  Qed.

  Lemma union_below : forall (A : nat -> Omega -> Prop) q k,
    (forall j, P (A j) <= q) -> P (fun w => exists j, (j < k)%nat /\ A j w) <= INR k * q.
  Proof.
    intros A q k H. replace (INR k) with (INR (length (seq 0 k))) by now rewrite seq_length.
    apply Rle_trans with (P (fun w => exists j, In j (seq 0 k) /\ A j w)).
    - apply (monotone P Measure). intros w [j [J K]]. exists j. split; [apply in_seq; lia | exact K].
    - apply union_of_list. intros. apply H.
  Qed.
End Unions.

(** * Elementary inequalities *)

Definition clip (t : R) : R := Rmin 1 (Rmax (-1) t).

Lemma clip_range : forall t, -1 <= clip t <= 1.
Proof. intro t. unfold clip, Rmin, Rmax. repeat destruct Rle_dec; lra. Qed.

(** Clipping improves the fit and does not increase the Lipschitz constant. *)
Lemma clip_fits : forall u t, -1 <= u <= 1 -> (u - clip t) ^ 2 <= (u - t) ^ 2.
Proof.
  intros u t U. unfold clip, Rmin, Rmax. destruct (Rle_dec (-1) t); destruct Rle_dec; try lra; nra.
Qed.
Lemma clip_lipschitz : forall s t, Rabs (clip s - clip t) <= Rabs (s - t).
Proof.
  intros s t. assert (clip s - clip t <= Rabs (s - t) /\ clip t - clip s <= Rabs (s - t)) as [A B].
  - assert (X := Rle_abs (s - t)). assert (Y := Rle_abs (t - s)). rewrite Rabs_minus_sym in Y.
    assert (Z := Rabs_pos (s - t)). revert X Y Z. generalize (Rabs (s - t)). intros. unfold clip, Rmin, Rmax.
    repeat destruct Rle_dec; lra.
  - unfold Rabs at 1. destruct Rcase_abs; lra.
Qed.

(** One sample point, by the inequality of the means. *)
Lemma perturbation : forall u f h e, 0 <= e -> Rabs (f - h) <= e -> (u - h) ^ 2 <= (1 + e) * (u - f) ^ 2 + e + e ^ 2.
Proof.
  intros u f h e E H. assert (A : - e <= f - h <= e) by (revert H; unfold Rabs; destruct Rcase_abs; lra).
  assert ((f - h) ^ 2 <= e ^ 2) by nra.
  assert (2 * ((u - f) * (f - h)) <= e * ((u - f) ^ 2 + 1)); [| nra].
  destruct (Rle_lt_dec 0 (u - f)) as [P | N].
  - assert (S : 0 <= e * (u - f - 1) ^ 2) by (apply Rmult_le_pos; [exact E | apply pow2_ge_0]).
    assert (0 <= (u - f) * (e - (f - h))) by (apply Rmult_le_pos; lra). lra.
  - assert (S : 0 <= e * (u - f + 1) ^ 2) by (apply Rmult_le_pos; [exact E | apply pow2_ge_0]).
    assert (0 <= - (u - f) * (e + (f - h))) by (apply Rmult_le_pos; lra). lra.
Qed.

Lemma square_of_range : forall b t, - b <= t <= b -> t ^ 2 <= b ^ 2.
Proof. intros. nra. Qed.

(** The inequality of the means for square roots. *)
Lemma roots : forall a b, 0 <= a -> 0 <= b -> sqrt a * sqrt b <= (a + b) / 2.
Proof.
  intros a b A B. assert (H := pow2_ge_0 (sqrt a - sqrt b)). assert (X := pow2_sqrt a A). assert (Y := pow2_sqrt b B). nra.
Qed.

Lemma exp_at_most : forall a b, a <= b -> exp a <= exp b.
Proof. intros a b [H | ->]; [left; now apply exp_increasing | lra]. Qed.

Lemma abs_range : forall t b, - b <= t <= b -> Rabs t <= b.
Proof. intros t b H. unfold Rabs. destruct Rcase_abs; lra. Qed.

(** * The pigeonhole over components *)

(** If a mean in [-1, 1] for each component correlates with z, then in some nonempty component z deviates. *)
Lemma pigeonhole : forall n k (l : nat -> nat) (m : nat -> R) (z : nat -> R) e,
  (1 <= n)%nat -> (1 <= k)%nat -> (forall i, (l i < k)%nat) -> (forall j, -1 <= m j <= 1) -> 0 < e ->
  e <= sum n (fun i => m (l i) * z i) / INR n ->
  exists j, (j < k)%nat /\ 0 < sum n (fun i => only (l i) j 1) /\
    e * sqrt (INR n / INR k) * sqrt (sum n (fun i => only (l i) j 1)) <= Rabs (sum n (fun i => only (l i) j (z i))).
Proof.
  intros n k l m z e N K L M E H. apply NNPP. intro None.
  assert (Np : 0 < INR n) by (apply lt_0_INR; lia). assert (Kp : 0 < INR k) by (apply lt_0_INR; lia).
  set (size j := sum n (fun i => only (l i) j 1)). set (s j := sum n (fun i => only (l i) j (z i))).
  assert (Size : forall j, 0 <= size j).
  { intro j. unfold size. rewrite <- (Rmult_0_r (INR n)), <- sum_constant. apply sum_le. intro i. unfold only.
    destruct Nat.eqb; lra. }
  assert (Small : forall j, (j < k)%nat -> Rabs (s j) < e * ((size j + INR n / INR k) / 2)).
  { intros j J. assert (Q : 0 < INR n / INR k) by now apply Rdiv_lt_0_compat.
    destruct (Rle_lt_dec (size j) 0) as [Z | P].
    - assert (s j = 0).
      { assert (G : forall i, (i <= n)%nat -> sum i (fun i => only (l i) j 1) <= 0 -> sum i (fun i => only (l i) j (z i)) = 0).
        { induction i as [| i IH]; intros I Y; simpl in *; [reflexivity |].
          assert (0 <= sum i (fun i => only (l i) j 1)).
          { rewrite <- (Rmult_0_r (INR i)), <- sum_constant. apply sum_le. intro. unfold only. destruct Nat.eqb; lra. }
          unfold only at 2 in Y. unfold only at 2. destruct Nat.eqb; [lra |]. rewrite IH by (lia || lra). lra. }
        now apply G. }
      rewrite H0, Rabs_R0. assert (Z' := Size j). apply Rmult_lt_0_compat; lra.
    - apply Rlt_le_trans with (e * sqrt (INR n / INR k) * sqrt (size j)).
      + apply Rnot_le_lt. intro Big. apply None. exists j. repeat split; assumption.
      + rewrite Rmult_assoc. apply Rmult_le_compat_l; [lra |].
        rewrite (Rplus_comm (size j)). apply roots; [lra | apply Size]. }
  assert (Total : sum k size = INR n).
  { unfold size. rewrite <- sum_by_component by exact L. rewrite sum_constant. lra. }
  assert (Split : sum n (fun i => m (l i) * z i) = sum k (fun j => m j * s j)).
  { rewrite (sum_by_component n k l) by exact L. apply sum_ext. intro j. unfold s. rewrite <- sum_scale.
    apply sum_ext. intro i. unfold only. destruct (Nat.eqb_spec (l i) j) as [-> | D]; lra. }
  assert (Upper : sum k (fun j => m j * s j) < INR n * e).
  { apply Rlt_le_trans with (sum k (fun j => e * ((size j + INR n / INR k) / 2))).
    - apply sum_lt; [exact K |]. intros j J. apply Rle_lt_trans with (2 := Small j J).
      apply Rle_trans with (Rabs (m j * s j)); [apply Rle_abs |]. rewrite Rabs_mult.
      rewrite <- (Rmult_1_l (Rabs (s j))) at 2. apply Rmult_le_compat_r; [apply Rabs_pos | apply abs_range; apply M].
    - rewrite sum_scale. right.
      rewrite (sum_ext k _ (fun j => / 2 * (size j + INR n / INR k))) by (intro; lra).
      rewrite sum_scale, sum_plus, Total, sum_constant. field. lra. }
  rewrite Split in H. assert (e * INR n <= sum k (fun j => m j * s j)); [| lra].
  replace (sum k (fun j => m j * s j)) with (sum k (fun j => m j * s j) / INR n * INR n) by (field; lra).
  apply Rmult_le_compat_r; lra.
Qed.

(** * The theorem *)

Section Law.
  (** Numbers. *)
  Variables n d p k : nat.
  Variables c W J eps delta : R.
  Hypotheses (n_positive : (1 <= n)%nat) (d_positive : (1 <= d)%nat) (p_positive : (1 <= p)%nat) (k_positive : (1 <= k)%nat).
  Hypotheses (c_positive : 0 < c) (W_positive : 0 < W) (J_positive : 0 < J).
  Hypotheses (eps_range : 0 < eps < 1) (delta_range : 0 < delta < 1).

  Definition base : R := 60 * W * J / eps.
  Definition exponent : R := INR p * ln base + ln (4 / delta).
  Definition threshold : R := eps / (2 ^ 9 * sqrt c) * sqrt (INR n * INR d / exponent).

  Hypothesis net_nonempty : 60 * W * J >= eps.
  Hypothesis few_components : 8 ^ 4 * INR k * ln (8 * INR k / delta) <= INR n * eps ^ 2.

  (** The sample: points x_i with labels y_i in [-1, 1], the target g, the component l_i of each point, the noise z_i. *)
  Variables Omega X : Type.
  Variable distance : X -> X -> R.
  Hypothesis distance_nonnegative : forall u v, 0 <= distance u v.
  Variable x : nat -> Omega -> X.
  Variable y : nat -> Omega -> R.
  Variable l : nat -> Omega -> nat.
  Variable g : X -> R.
  Hypothesis y_range : forall i w, -1 <= y i w <= 1.
  Hypothesis g_range : forall u, -1 <= g u <= 1.
  Hypothesis l_range : forall i w, (l i w < k)%nat.
  Definition z (i : nat) (w : Omega) : R := y i w - g (x i w).

  (** The law of the sample, and its law given the components, indexed by what is given. *)
  Variable P : (Omega -> Prop) -> R.
  Hypothesis P_measure : finite_measure P.
  Variable Given : Type.
  Variable P_given : Given -> (Omega -> Prop) -> R.
  Hypothesis P_given_measure : forall s, finite_measure (P_given s).
  Hypothesis total_probability : forall A q, (forall s, P_given s A <= q) -> P A <= q.

  Definition mean (a : nat -> R) : R := sum n a / INR n.
  Definition lipschitz (L : R) (h : X -> R) : Prop := forall u v, Rabs (h u - h v) <= L * distance u v.
  Definition subgaussian (s : Given) (Y : Omega -> R) (C : R) : Prop :=
    forall t, 0 <= t -> P_given s (fun w => t <= Rabs (Y w)) <= 2 * exp (- t ^ 2 / C).

  (** ** Facts taken on reference *)

  (** "X_1, ..., X_n are independent, and the mean of their expectations is m." *)
  Variable independent : (nat -> Omega -> R) -> R -> Prop.
  Hypothesis expectation_bounded : forall Y m b, independent Y m -> (forall i w, Y i w <= b) -> m <= b.
  (** Hoeffding 1963, Theorem 2. *)
  Hypothesis hoeffding_lower : forall Y a b m t,
    independent Y m -> (forall i w, a <= Y i w <= b) -> a < b -> 0 <= t ->
    P (fun w => mean (fun i => Y i w) <= m - t) <= exp (- 2 * INR n * t ^ 2 / (b - a) ^ 2).

  (** "Given s, X_1, ..., X_n are independent with mean 0." *)
  Variable centred : Given -> (nat -> Omega -> R) -> Prop.
  (** Hoeffding 1963, Theorem 2, for X and -X under the law given the components. *)
  Hypothesis hoeffding_conditional : forall Y a b t j,
    (forall s, centred s Y) -> (forall i w, a <= Y i w <= b) -> a < b -> 0 <= t ->
    P (fun w => 0 < sum n (fun i => only (l i w) j 1) /\
                t * sqrt (sum n (fun i => only (l i w) j 1)) <= Rabs (sum n (fun i => only (l i w) j (Y i w))))
    <= 2 * exp (- 2 * t ^ 2 / (b - a) ^ 2).
  (** The mean of a function in a component. *)
  Variable component_mean : (X -> R) -> nat -> R.
  Hypothesis component_mean_range : forall h j, (forall u, -1 <= h u <= 1) -> -1 <= component_mean h j <= 1.
  (** Definition 1.1: each component satisfies c-isoperimetry. *)
  Hypothesis isoperimetry : forall s i h L,
    0 < L -> lipschitz L h -> (forall u, -1 <= h u <= 1) ->
    subgaussian s (fun w => h (x i w) - component_mean h (l i w)) (2 * c * L ^ 2 / INR d).
  (** Proposition 1.2. *)
  Hypothesis subgaussian_sum : forall s Y C,
    0 < C -> centred s Y -> (forall i, subgaussian s (Y i) C) ->
    subgaussian s (fun w => / sqrt (INR n) * sum n (fun i => Y i w)) (18 * C).

  (** How the sample is made: sigma2 = E Var[y|x], E[z|x] = 0, also given the components. *)
  Variable sigma2 : R.
  Hypothesis noise_squared : independent (fun i w => z i w ^ 2) sigma2.
  Hypothesis noise_times_target : independent (fun i w => z i w * g (x i w)) 0.
  Hypothesis variance : independent (fun i w => y i w ^ 2 - g (x i w) ^ 2) sigma2.
  Hypothesis noise_centred : forall s, centred s z.
  Hypothesis fluctuation_centred : forall s h,
    (forall u, -1 <= h u <= 1) -> centred s (fun i w => (h (x i w) - component_mean h (l i w)) * z i w).

  (** The class of functions, with parameters in a set of diameter W. *)
  Variable Theta : Type.
  Variable metric : Theta -> Theta -> R.
  Variable f : Theta -> X -> R.
  Hypothesis f_smooth : forall v w u, Rabs (f v u - f w u) <= J * metric v w.
  (** Vershynin 2018, Section 4.2: each part of the set of parameters has an r-net inside it. *)
  Hypothesis covering_power : forall (K : Theta -> Prop) r, 0 < r ->
    exists net : list Theta,
      (forall v, In v net -> K v) /\ (forall w, K w -> exists v, In v net /\ metric v w <= r) /\
      INR (length net) <= Rmax 1 (3 * W / r) ^ p.

  Definition square_error (h : X -> R) (w : Omega) : R := mean (fun i => (y i w - h (x i w)) ^ 2).

  (** ** The chain *)

  Let n_real : 0 < INR n.
  Proof. apply lt_0_INR. lia. Qed.
  Let d_real : 0 < INR d.
  Proof. apply lt_0_INR. lia. Qed.
  Let k_real : 1 <= INR k.
  Proof. apply (le_INR 1). lia. Qed.

  Lemma base_at_least_one : 1 <= base.
  Proof.
    unfold base. apply (Rmult_le_reg_r eps); [lra |]. unfold Rdiv. rewrite Rmult_assoc, Rinv_l by lra. lra.
  Qed.

  Lemma exponent_is_positive : 0 < exponent.
  Proof.
    unfold exponent. assert (B := base_at_least_one).
    assert (0 <= ln base).
    { rewrite <- ln_1. destruct B as [B | <-]; [left; apply ln_increasing; lra | lra]. }
    assert (0 < ln (4 / delta)).
    { rewrite <- ln_1. apply ln_increasing; [lra |]. apply (Rmult_lt_reg_r delta); [lra |].
      unfold Rdiv. rewrite Rmult_assoc, Rinv_l; lra. }
    assert (0 <= INR p * ln base) by (apply Rmult_le_pos; [apply pos_INR | assumption]). lra.
  Qed.

  Lemma threshold_is_positive : 0 < threshold.
  Proof.
    unfold threshold. assert (E := exponent_is_positive). assert (S := sqrt_lt_R0 c c_positive).
    apply Rmult_lt_0_compat.
    - apply Rdiv_lt_0_compat; [lra |]. apply Rmult_lt_0_compat; lra.
    - apply sqrt_lt_R0. apply Rdiv_lt_0_compat; [now apply Rmult_lt_0_compat | exact E].
  Qed.

  Lemma threshold_squared : 8 ^ 6 * c * threshold ^ 2 * exponent = eps ^ 2 * (INR n * INR d).
  Proof.
    assert (E := exponent_is_positive). assert (S := sqrt_lt_R0 c c_positive). unfold threshold.
    assert (R : 0 <= INR n * INR d / exponent).
    { left. apply Rdiv_lt_0_compat; [now apply Rmult_lt_0_compat | exact E]. }
    replace ((eps / (2 ^ 9 * sqrt c) * sqrt (INR n * INR d / exponent)) ^ 2)
      with (eps ^ 2 / (2 ^ 18 * sqrt c ^ 2) * sqrt (INR n * INR d / exponent) ^ 2) by (field; lra).
    rewrite !pow2_sqrt by lra. field. lra.
  Qed.

  (** *** Averages *)

  Lemma mean_le : forall a b, (forall i, a i <= b i) -> mean a <= mean b.
  Proof. intros a b H. apply Rmult_le_compat_r; [left; now apply Rinv_0_lt_compat | now apply sum_le]. Qed.
  Lemma mean_ext : forall a b, (forall i, a i = b i) -> mean a = mean b.
  Proof. intros a b H. unfold mean. now rewrite (sum_ext n a b). Qed.
  Lemma mean_plus : forall a b, mean (fun i => a i + b i) = mean a + mean b.
  Proof. intros a b. unfold mean. rewrite sum_plus. field. lra. Qed.
  Lemma mean_scale : forall u a, mean (fun i => u * a i) = u * mean a.
  Proof. intros u a. unfold mean. rewrite sum_scale. field. lra. Qed.
  Lemma mean_constant : forall u, mean (fun _ => u) = u.
  Proof. intros u. unfold mean. rewrite sum_constant. field. lra. Qed.

  Lemma z_range : forall i w, -2 <= z i w <= 2.
  Proof. intros i w. unfold z. assert (Y := y_range i w). assert (G := g_range (x i w)). lra. Qed.

  Lemma variance_at_most_one : sigma2 <= 1.
  Proof. apply (expectation_bounded _ _ _ variance). intros i w. assert (Y := y_range i w). nra. Qed.

  (** *** The events that no function enters *)

  Definition energy (w : Omega) : Prop := mean (fun i => z i w ^ 2) <= sigma2 - eps / 16.
  Definition cross (w : Omega) : Prop := mean (fun i => z i w * g (x i w)) <= 0 - eps / 16.
  Definition deviates (j : nat) (w : Omega) : Prop :=
    0 < sum n (fun i => only (l i w) j 1) /\
    eps / 16 * sqrt (INR n / INR k) * sqrt (sum n (fun i => only (l i w) j 1))
    <= Rabs (sum n (fun i => only (l i w) j (z i w))).

  (** The term of the noise, once for all three. *)
  Let small : R := exp (- (INR n * eps ^ 2 / (8 ^ 4 * INR k))).

  Lemma noise_exponent : forall q, 1 / (8 ^ 4 * INR k) <= q -> exp (- (INR n * eps ^ 2 * q)) <= small.
  Proof.
    intros q Q. apply exp_at_most, Ropp_le_contravar. unfold Rdiv at 1. rewrite <- (Rmult_1_l (/ _)).
    apply Rmult_le_compat_l; [| exact Q]. apply Rmult_le_pos; [lra | apply pow2_ge_0].
  Qed.

  Let k_inverse : 0 < / INR k <= 1.
  Proof. split; [apply Rinv_0_lt_compat; lra |]. rewrite <- Rinv_1. apply Rinv_le_contravar; lra. Qed.

  Lemma energy_is_rare : P energy <= small.
  Proof.
    apply Rle_trans with (exp (- 2 * INR n * (eps / 16) ^ 2 / (4 - 0) ^ 2)).
    - apply (hoeffding_lower (fun i w => z i w ^ 2)); try lra; [exact noise_squared |].
      intros i w. assert (Z := z_range i w). split; [apply pow2_ge_0 | nra].
    - replace (- 2 * INR n * (eps / 16) ^ 2 / (4 - 0) ^ 2) with (- (INR n * eps ^ 2 * (1 / 2048))) by field.
      apply noise_exponent. unfold Rdiv. rewrite Rinv_mult. lra.
  Qed.

  Lemma cross_is_rare : P cross <= small.
  Proof.
    apply Rle_trans with (exp (- 2 * INR n * (eps / 16) ^ 2 / (2 - -2) ^ 2)).
    - apply (hoeffding_lower (fun i w => z i w * g (x i w))); try lra; [exact noise_times_target |].
      intros i w. assert (Z := z_range i w). assert (G := g_range (x i w)). split; nra.
    - replace (- 2 * INR n * (eps / 16) ^ 2 / (2 - -2) ^ 2) with (- (INR n * eps ^ 2 * (1 / 2048))) by field.
      apply noise_exponent. unfold Rdiv. rewrite Rinv_mult. lra.
  Qed.

  Lemma deviation_is_rare : forall j, P (deviates j) <= 2 * small.
  Proof.
    intro j. assert (R : 0 <= INR n / INR k) by (left; apply Rdiv_lt_0_compat; lra).
    apply Rle_trans with (2 * exp (- 2 * (eps / 16 * sqrt (INR n / INR k)) ^ 2 / (2 - -2) ^ 2)).
    - apply (hoeffding_conditional z (-2) 2); try lra; [exact noise_centred | exact z_range |].
      apply Rmult_le_pos; [lra | apply sqrt_pos].
    - apply Rmult_le_compat_l; [lra |]. rewrite Rpow_mult_distr, pow2_sqrt by exact R.
      replace (- 2 * ((eps / 16) ^ 2 * (INR n / INR k)) / (2 - -2) ^ 2)
        with (- (INR n * eps ^ 2 * (1 / (2048 * INR k)))) by (field; lra).
      apply noise_exponent. unfold Rdiv. rewrite !Rinv_mult. lra.
  Qed.

  Lemma first_half : 4 * INR k * small <= delta / 2.
  Proof.
    assert (K8 : 0 < 8 * INR k / delta) by (apply Rdiv_lt_0_compat; lra).
    assert (small <= exp (- ln (8 * INR k / delta))).
    { apply exp_at_most, Ropp_le_contravar. apply (Rmult_le_reg_l (8 ^ 4 * INR k)); [lra |].
      replace (8 ^ 4 * INR k * (INR n * eps ^ 2 / (8 ^ 4 * INR k))) with (INR n * eps ^ 2) by (field; lra). lra. }
    rewrite exp_Ropp, exp_ln in H by exact K8.
    apply Rle_trans with (4 * INR k * / (8 * INR k / delta)); [apply Rmult_le_compat_l; lra |].
    right. field. lra.
  Qed.

  (** *** The fluctuation of one function *)

  Definition fluctuates (h : X -> R) (w : Omega) : Prop :=
    3 * eps / 32 <= mean (fun i => (h (x i w) - component_mean h (l i w)) * z i w).

  Lemma times_noise : forall s i h L,
    0 < L -> lipschitz L h -> (forall u, -1 <= h u <= 1) ->
    subgaussian s (fun w => (h (x i w) - component_mean h (l i w)) * z i w) (8 * c * L ^ 2 / INR d).
  Proof.
    intros s i h L LP LL HR t T.
    apply Rle_trans with (P_given s (fun w => t / 2 <= Rabs (h (x i w) - component_mean h (l i w)))).
    - apply (monotone _ (P_given_measure s)). intros w H. rewrite Rabs_mult in H.
      assert (Z : Rabs (z i w) <= 2) by (apply abs_range, z_range).
      assert (Q : Rabs (h (x i w) - component_mean h (l i w)) * Rabs (z i w)
                  <= Rabs (h (x i w) - component_mean h (l i w)) * 2)
        by (apply Rmult_le_compat_l; [apply Rabs_pos | exact Z]). lra.
    - apply Rle_trans with (1 := isoperimetry s i h L LP LL HR (t / 2) ltac:(lra)). right. f_equal. f_equal. field.
      repeat split; lra.
  Qed.

  Lemma fluctuation_is_rare : forall h,
    lipschitz threshold h -> (forall u, -1 <= h u <= 1) -> P (fluctuates h) <= 2 * exp (- exponent).
  Proof.
    intros h LH HR. assert (T := threshold_is_positive). assert (S := sqrt_lt_R0 _ n_real).
    assert (C : 0 < 8 * c * threshold ^ 2 / INR d).
    { apply Rdiv_lt_0_compat; [| exact d_real]. apply Rmult_lt_0_compat; [lra | now apply pow_lt]. }
    apply total_probability. intro s.
    apply Rle_trans with (2 * exp (- (3 * eps / 32 * sqrt (INR n)) ^ 2 / (18 * (8 * c * threshold ^ 2 / INR d)))).
    - assert (Tail := subgaussian_sum s _ _ C (fluctuation_centred s h HR) (fun i => times_noise s i h _ T LH HR)).
      apply Rle_trans with (2 := Tail (3 * eps / 32 * sqrt (INR n)) ltac:(apply Rmult_le_pos; lra)).
      apply (monotone _ (P_given_measure s)). intros w H. unfold fluctuates, mean in H.
      apply Rle_trans with (2 := Rle_abs _).
      set (total := sum n (fun i => (h (x i w) - component_mean h (l i w)) * z i w)) in *.
      replace (/ sqrt (INR n) * total) with (total / INR n * sqrt (INR n)).
      + apply Rmult_le_compat_r; lra.
      + rewrite <- (sqrt_sqrt (INR n)) at 1 by lra. field. lra.
    - apply Rmult_le_compat_l; [lra |]. apply exp_at_most.
      rewrite Rpow_mult_distr, pow2_sqrt by lra.
      assert (Q := threshold_squared). assert (E := exponent_is_positive).
      assert (T2 : 0 < threshold ^ 2) by now apply pow_lt.
      replace (- ((3 * eps / 32) ^ 2 * INR n) / (18 * (8 * c * threshold ^ 2 / INR d)))
        with (- (9 / 1024 / 144 * (eps ^ 2 * (INR n * INR d)) / (c * threshold ^ 2))) by (field; repeat split; lra).
      rewrite <- Q. replace (9 / 1024 / 144 * (8 ^ 6 * c * threshold ^ 2 * exponent) / (c * threshold ^ 2))
        with (16 * exponent) by (field; split; lra). lra.
  Qed.

  Lemma size_cancels : base ^ p * (2 * exp (- exponent)) = delta / 2.
  Proof.
    assert (B := base_at_least_one). unfold exponent. rewrite Ropp_plus_distr, exp_plus, !exp_Ropp.
    replace (exp (INR p * ln base)) with (base ^ p) by (symmetry; rewrite <- Rpower_pow by lra; reflexivity).
    assert (0 < base ^ p) by (apply pow_lt; lra).
    rewrite exp_ln by (apply Rdiv_lt_0_compat; lra). field. lra.
  Qed.

  (** *** From the fit of a function of the class to one of the rare events *)

  Lemma net_function_fits : forall v u w,
    metric v u <= eps / (6 * J) -> square_error (f u) w <= sigma2 - eps ->
    square_error (fun t => clip (f v t)) w <= sigma2 - eps / 2.
  Proof.
    intros v u w Near Fit. unfold square_error in *.
    assert (A : mean (fun i => (y i w - clip (f u (x i w))) ^ 2) <= sigma2 - eps).
    { apply Rle_trans with (2 := Fit). apply mean_le. intro i. apply clip_fits, y_range. }
    assert (Close : forall t, Rabs (clip (f u t) - clip (f v t)) <= eps / 6).
    { intro t. apply Rle_trans with (1 := clip_lipschitz _ _). rewrite Rabs_minus_sym.
      apply Rle_trans with (1 := f_smooth v u t). apply Rle_trans with (J * (eps / (6 * J))).
      - apply Rmult_le_compat_l; lra.
      - right. field. lra. }
    apply Rle_trans with
      (mean (fun i => (1 + eps / 6) * (y i w - clip (f u (x i w))) ^ 2 + (eps / 6 + (eps / 6) ^ 2))).
    - apply mean_le. intro i. assert (H := perturbation (y i w) _ _ (eps / 6) ltac:(lra) (Close (x i w))). lra.
    - rewrite mean_plus, mean_scale, mean_constant. assert (V := variance_at_most_one).
      assert (M : (1 + eps / 6) * mean (fun i => (y i w - clip (f u (x i w))) ^ 2) <= (1 + eps / 6) * (sigma2 - eps))
        by (apply Rmult_le_compat_l; lra). nra.
  Qed.

  Lemma fit_is_rare : forall h w,
    (forall u, -1 <= h u <= 1) -> square_error h w <= sigma2 - eps / 2 ->
    energy w \/ cross w \/ (exists j, (j < k)%nat /\ deviates j w) \/ fluctuates h w.
  Proof.
    intros h w HR Fit. unfold energy, cross.
    destruct (Rle_lt_dec (mean (fun i => z i w ^ 2)) (sigma2 - eps / 16)) as [E | E]; [now left |].
    destruct (Rle_lt_dec (mean (fun i => z i w * g (x i w))) (0 - eps / 16)) as [C | C]; [right; now left |].
    destruct (Rle_lt_dec (3 * eps / 32) (mean (fun i => (h (x i w) - component_mean h (l i w)) * z i w))) as [F | F];
      [right; right; now right |].
    right. right. left.
    apply (pigeonhole n k (fun i => l i w) (component_mean h) (fun i => z i w));
      [exact n_positive | exact k_positive | intro; apply l_range | intro; now apply component_mean_range | lra |].
    change (eps / 16 <= mean (fun i => component_mean h (l i w) * z i w)).
    assert (Square : square_error h w =
      mean (fun i => z i w ^ 2) + 2 * mean (fun i => z i w * g (x i w))
      + -2 * (mean (fun i => (h (x i w) - component_mean h (l i w)) * z i w)
              + mean (fun i => component_mean h (l i w) * z i w)) + mean (fun i => (g (x i w) - h (x i w)) ^ 2)).
    { unfold square_error. rewrite <- mean_plus, <- !mean_scale, <- !mean_plus. apply mean_ext. intro i. unfold z. ring. }
    assert (0 <= mean (fun i => (g (x i w) - h (x i w)) ^ 2)).
    { rewrite <- (mean_constant 0). apply mean_le. intro. apply pow2_ge_0. }
    lra.
  Qed.

  (** Theorem 3: the probability that some function of the class fits below the noise level and is smoother than the
      threshold is at most delta. *)
  Theorem law_of_robustness :
    P (fun w => exists u, square_error (f u) w <= sigma2 - eps /\ lipschitz threshold (f u)) <= delta.
  Proof.
    assert (R : 0 < eps / (6 * J)) by (apply Rdiv_lt_0_compat; lra).
    destruct (covering_power (fun u => lipschitz threshold (f u)) _ R) as [net [Inside [Dense Size]]].
    set (h v := fun t => clip (f v t)).
    apply Rle_trans with
      (P (fun w => energy w \/ (cross w \/ ((exists j, (j < k)%nat /\ deviates j w) \/ (exists v, In v net /\ fluctuates (h v) w))))).
    - apply (monotone P P_measure). intros w [u [Fit Smooth]]. destruct (Dense u Smooth) as [v [V Near]].
      destruct (fit_is_rare (h v) w) as [E | [C | [D | F]]]; auto.
      + intro. apply clip_range.
      + now apply (net_function_fits v u).
      + right. right. right. now exists v.
    - assert (U1 := subadditive P P_measure energy
        (fun w => cross w \/ ((exists j, (j < k)%nat /\ deviates j w) \/ (exists v, In v net /\ fluctuates (h v) w)))).
      assert (U2 := subadditive P P_measure cross
        (fun w => (exists j, (j < k)%nat /\ deviates j w) \/ (exists v, In v net /\ fluctuates (h v) w))).
      assert (U3 := subadditive P P_measure (fun w => exists j, (j < k)%nat /\ deviates j w)
        (fun w => exists v, In v net /\ fluctuates (h v) w)).
      assert (D := union_below P P_measure deviates (2 * small) k deviation_is_rare).
      assert (F : P (fun w => exists v, In v net /\ fluctuates (h v) w) <= INR (length net) * (2 * exp (- exponent))).
      { apply (union_of_list P P_measure (fun v => fluctuates (h v))). intros v V. apply fluctuation_is_rare.
        - intros s t. apply Rle_trans with (1 := clip_lipschitz _ _). now apply (Inside v V).
        - intro. apply clip_range. }
      assert (N : INR (length net) <= base ^ p).
      { apply Rle_trans with (1 := Size). apply pow_incr. assert (B := base_at_least_one). split.
        - apply Rle_trans with (2 := Rmax_l _ _). lra.
        - apply Rmax_lub; [exact B |]. unfold base. replace (3 * W / (eps / (6 * J))) with (18 * (W * J / eps)) by (field; lra).
          replace (60 * W * J / eps) with (60 * (W * J / eps)) by (field; lra).
          assert (0 < W * J / eps) by (apply Rdiv_lt_0_compat; [now apply Rmult_lt_0_compat | lra]). lra. }
      assert (F' : INR (length net) * (2 * exp (- exponent)) <= delta / 2).
      { rewrite <- size_cancels. apply Rmult_le_compat_r; [| exact N]. assert (X0 := exp_pos (- exponent)). lra. }
      assert (E := energy_is_rare). assert (C := cross_is_rare). assert (H := first_half).
      assert (0 < small) by apply exp_pos. assert (2 * small <= 2 * INR k * small) by nra. lra.
  Qed.

  (** The same as the paper says it: with probability at least 1 - delta, whoever fits below the noise level has a
      Lipschitz constant of at least the threshold. *)
  Theorem theorem_3 :
    P (fun w => ~ forall u, square_error (f u) w <= sigma2 - eps -> forall L, lipschitz L (f u) -> threshold <= L) <= delta.
  Proof.
    apply Rle_trans with (2 := law_of_robustness). apply (monotone P P_measure). intros w H.
    apply not_all_ex_not in H. destruct H as [u H]. exists u.
    apply imply_to_and in H. destruct H as [Fit H]. split; [exact Fit |].
    apply not_all_ex_not in H. destruct H as [L H]. apply imply_to_and in H. destruct H as [Smooth Less].
    intros s t. apply Rle_trans with (1 := Smooth s t). apply Rmult_le_compat_r; [apply distance_nonnegative | lra].
  Qed.
End Law.
