(** What terms and relations denote: total functions over the standard library's reals.

    Where an operation has no usual value, its value here is one that depends on its arguments only, as the checker's
    [theorem/term.rs] asks: [/ 0 = 0] ([Rinv_0] of the standard library), [ln x = 0] and [sqrt x = 0] below zero. Every
    other function of the language that the standard library does not have is defined here. *)

From Coq Require Import Reals ZArith Lra Lia.
From Coquelicot Require Import Coquelicot.
Open Scope R_scope.

(** * Relations *)

(** How two terms compare. *)
Inductive comparison := AtMost | Less | Equal | Different.

Definition holds (c : comparison) (a b : R) : Prop :=
  match c with AtMost => a <= b | Less => a < b | Equal => a = b | Different => a <> b end.

(** What holds exactly where the relation does not. *)
Definition fails (c : comparison) (a b : R) : Prop :=
  match c with AtMost => b < a | Less => b <= a | Equal => a <> b | Different => a = b end.

Lemma fails_iff : forall c a b, fails c a b <-> ~ holds c a b.
Proof.
  intros c a b. destruct (Req_dec a b); destruct c; simpl; split; intro H'; try lra; tauto.
Qed.

(** * Integers and natural numbers among the reals *)

Definition integer (x : R) : Prop := exists z : Z, x = IZR z.
Definition natural (x : R) : Prop := exists n : nat, x = INR n.

Lemma natural_integer : forall x, natural x -> integer x.
Proof. intros x [n ->]. exists (Z.of_nat n). apply INR_IZR_INZ. Qed.

Lemma natural_nonnegative : forall x, natural x -> 0 <= x.
Proof. intros x [n ->]. apply pos_INR. Qed.

(** * Functions *)

Definition floor (x : R) : R := IZR (Int_part x).
Definition ceil (x : R) : R := - floor (- x).

Lemma floor_bounds : forall x, floor x <= x < floor x + 1.
Proof. intro x. unfold floor. destruct (base_Int_part x). lra. Qed.

Lemma ceil_bounds : forall x, x <= ceil x < x + 1.
Proof. intro x. unfold ceil. destruct (floor_bounds (- x)). lra. Qed.

Lemma Int_part_IZR : forall z, Int_part (IZR z) = z.
Proof.
  intro z. destruct (floor_bounds (IZR z)) as [Low High]. unfold floor in *.
  apply le_IZR in Low. rewrite <- plus_IZR in High. apply lt_IZR in High. lia.
Qed.

Lemma floor_IZR : forall z, floor (IZR z) = IZR z.
Proof. intro z. unfold floor. now rewrite Int_part_IZR. Qed.

Lemma integer_dec : forall x, { integer x } + { ~ integer x }.
Proof.
  intro x. destruct (Req_EM_T x (floor x)) as [E | N].
  - left. now exists (Int_part x).
  - right. intros [z ->]. apply N. now rewrite floor_IZR.
Qed.

(** The power [a^b]: repeated multiplication for an integer exponent, also where a <= 0; [exp (b log a)] for a positive
    base; 0 elsewhere, which is the usual value of [0^b] for b > 0. *)
Definition power (a b : R) : R :=
  if integer_dec b then powerRZ a (Int_part b) else if Rlt_dec 0 a then exp (b * ln a) else 0.

Lemma power_IZR : forall a z, power a (IZR z) = powerRZ a z.
Proof.
  intros a z. unfold power. destruct (integer_dec (IZR z)) as [_ | N].
  - now rewrite Int_part_IZR.
  - exfalso. apply N. now exists z.
Qed.

Lemma power_INR : forall a n, power a (INR n) = a ^ n.
Proof. intros a n. rewrite INR_IZR_INZ, power_IZR. symmetry. apply pow_powerRZ. Qed.

Lemma powerRZ_exp : forall a z, 0 < a -> powerRZ a z = exp (IZR z * ln a).
Proof. intros a z A. rewrite powerRZ_Rpower by exact A. reflexivity. Qed.

Lemma power_of_positive : forall a b, 0 < a -> power a b = exp (b * ln a).
Proof.
  intros a b A. unfold power. destruct (integer_dec b) as [[z ->] | _].
  - rewrite Int_part_IZR. now apply powerRZ_exp.
  - destruct (Rlt_dec 0 a); [reflexivity | contradiction].
Qed.

Definition factorial (x : R) : R := INR (fact (Z.to_nat (Int_part x))).
Definition binomial (x y : R) : R :=
  let n := Z.to_nat (Int_part x) in
  let k := Z.to_nat (Int_part y) in
  if le_dec k n then Binomial.C n k else 0.

Definition gamma (x : R) : R :=
  RInt_gen (fun t => exp ((x - 1) * ln t) * exp (- t)) (at_right 0) (Rbar_locally p_infty).
Definition erf (x : R) : R := 2 / sqrt PI * RInt (fun t => exp (- t ^ 2)) 0 x.
(** The upper tail of the standard normal law, by the error function. *)
Definition normal_tail (x : R) : R := (1 - erf (x / sqrt 2)) / 2.

Lemma is_derive_erf : forall x, is_derive erf x (2 / sqrt PI * exp (- x ^ 2)).
Proof.
  intro x. unfold erf. apply (is_derive_scal (fun x => RInt (fun t => exp (- t ^ 2)) 0 x)).
  apply (is_derive_RInt (fun t => exp (- t ^ 2)) (fun x => RInt (fun t => exp (- t ^ 2)) 0 x) 0 x).
  - exists (mkposreal 1 Rlt_0_1). intros y _. apply (RInt_correct (V := R_CompleteNormedModule)), ex_RInt_continuous.
    intros z _. apply (ex_derive_continuous (fun t => exp (- t ^ 2))). auto_derive; trivial.
  - apply (ex_derive_continuous (fun t => exp (- t ^ 2))). auto_derive; trivial.
Qed.

(** * Shapes that show a term to be an integer or a natural number *)

Lemma integer_IZR : forall z, integer (IZR z).
Proof. intro z. now exists z. Qed.
Lemma integer_opp : forall x, integer x -> integer (- x).
Proof. intros x [a ->]. exists (- a)%Z. now rewrite opp_IZR. Qed.
Lemma integer_plus : forall x y, integer x -> integer y -> integer (x + y).
Proof. intros x y [a ->] [b ->]. exists (a + b)%Z. now rewrite plus_IZR. Qed.
Lemma integer_minus : forall x y, integer x -> integer y -> integer (x - y).
Proof. intros x y [a ->] [b ->]. exists (a - b)%Z. now rewrite minus_IZR. Qed.
Lemma integer_mult : forall x y, integer x -> integer y -> integer (x * y).
Proof. intros x y [a ->] [b ->]. exists (a * b)%Z. now rewrite mult_IZR. Qed.
Lemma integer_pow : forall x n, integer x -> integer (x ^ n).
Proof. intros x n [a ->]. exists (a ^ Z.of_nat n)%Z. apply pow_IZR. Qed.
Lemma integer_power : forall x y, integer x -> natural y -> integer (power x y).
Proof. intros x y X [n ->]. rewrite power_INR. now apply integer_pow. Qed.
Lemma integer_floor : forall x, integer (floor x).
Proof. intro x. apply integer_IZR. Qed.
Lemma integer_ceil : forall x, integer (ceil x).
Proof. intro x. apply integer_opp, integer_floor. Qed.
Lemma integer_abs : forall x, integer x -> integer (Rabs x).
Proof. intros x X. unfold Rabs. destruct (Rcase_abs x); [now apply integer_opp | exact X]. Qed.
Lemma integer_min : forall x y, integer x -> integer y -> integer (Rmin x y).
Proof. intros x y X Y. unfold Rmin. now destruct (Rle_dec x y). Qed.
Lemma integer_max : forall x y, integer x -> integer y -> integer (Rmax x y).
Proof. intros x y X Y. unfold Rmax. now destruct (Rle_dec x y). Qed.

Lemma nonnegative_integer_natural : forall x, integer x -> 0 <= x -> natural x.
Proof.
  intros x [z ->] H. apply le_IZR in H. exists (Z.to_nat z). rewrite INR_IZR_INZ, Z2Nat.id; trivial.
Qed.

Lemma natural_IZR : forall z, (0 <= z)%Z -> natural (IZR z).
Proof. intros z Z. apply nonnegative_integer_natural; [apply integer_IZR | now apply IZR_le]. Qed.
Lemma natural_plus : forall x y, natural x -> natural y -> natural (x + y).
Proof. intros x y [a ->] [b ->]. exists (a + b)%nat. now rewrite plus_INR. Qed.
Lemma natural_mult : forall x y, natural x -> natural y -> natural (x * y).
Proof. intros x y [a ->] [b ->]. exists (a * b)%nat. now rewrite mult_INR. Qed.
Lemma natural_pow : forall x n, natural x -> natural (x ^ n).
Proof. intros x n [a ->]. exists (a ^ n)%nat. now rewrite pow_INR. Qed.
Lemma natural_power : forall x y, natural x -> natural y -> natural (power x y).
Proof. intros x y X [n ->]. rewrite power_INR. now apply natural_pow. Qed.
Lemma natural_abs : forall x, integer x -> natural (Rabs x).
Proof. intros x X. apply nonnegative_integer_natural; [now apply integer_abs | apply Rabs_pos]. Qed.
Lemma natural_min : forall x y, natural x -> natural y -> natural (Rmin x y).
Proof. intros x y X Y. unfold Rmin. now destruct (Rle_dec x y). Qed.
Lemma natural_max : forall x y, natural x -> natural y -> natural (Rmax x y).
Proof. intros x y X Y. unfold Rmax. now destruct (Rle_dec x y). Qed.
Lemma natural_factorial : forall x, natural (factorial x).
Proof. intro x. now exists (fact (Z.to_nat (Int_part x))). Qed.

Lemma natural_C : forall n k, (k <= n)%nat -> natural (Binomial.C n k).
Proof.
  intros n. induction n as [| n IH]; intros k K.
  - assert (k = 0)%nat by lia. subst. exists 1%nat. unfold Binomial.C. simpl. field.
  - destruct k as [| k].
    + exists 1%nat. unfold Binomial.C. rewrite Nat.sub_0_r. simpl (fact 0). simpl (INR 1). field. apply INR_fact_neq_0.
    + destruct (Nat.eq_dec (S k) (S n)) as [E | N].
      * exists 1%nat. rewrite E. unfold Binomial.C. rewrite Nat.sub_diag. simpl (fact 0). simpl (INR 1). field.
        apply INR_fact_neq_0.
      * rewrite <- pascal by lia. apply natural_plus; apply IH; lia.
Qed.

Lemma natural_binomial : forall x y, natural (binomial x y).
Proof.
  intros x y. unfold binomial. destruct le_dec as [L | _]; [now apply natural_C | now exists 0%nat].
Qed.
