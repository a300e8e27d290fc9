(** The symbolic derivatives of the checker, [checker/src/evaluate/derivative.rs], function by function, and that they are
    derivatives: the rules of [calculus] compute their slopes and conditions by them. *)

From Coq Require Import Reals QArith Qreals Bool ZArith Lra Lia.
From Coquelicot Require Import Coquelicot.
From Coq Require Import List.
From Boundproof Require Import semantics calculus.
Import ListNotations.
Open Scope R_scope.

(** * Terms *)

Inductive unary :=
  Sqrt | Exp | Log | Abs | Floor | Ceil | Factorial | Gamma | Erf | NormalTail | Sin | Cos | Atan | Tanh | Sinh | Cosh.
Inductive binary := Min | Max | Choose.

(** Variables have numbers for names. *)
Inductive term :=
| Number (q : Q)
| Name (n : nat)
| Negate (a : term)
| Add (a b : term)
| Subtract (a b : term)
| Multiply (a b : term)
| Divide (a b : term)
| Power (a b : term)
| Pi
| Apply (f : unary) (a : term)
| Apply2 (f : binary) (a b : term)
| Integral (lower upper integrand : term).

(** The variable of integration, of every integral. *)
Definition bound : nat := 0.

(** The values in which x is u. *)
Definition at_ (v : nat -> R) (x : nat) (u : R) : nat -> R := fun n => if Nat.eqb n x then u else v n.

Definition apply (f : unary) : R -> R :=
  match f with
  | Sqrt => sqrt | Exp => exp | Log => ln | Abs => Rabs | Floor => floor | Ceil => ceil | Factorial => factorial
  | Gamma => gamma | Erf => erf | NormalTail => normal_tail | Sin => sin | Cos => cos | Atan => atan | Tanh => tanh
  | Sinh => sinh | Cosh => cosh
  end.
Definition apply2 (f : binary) : R -> R -> R := match f with Min => Rmin | Max => Rmax | Choose => binomial end.

Fixpoint value (v : nat -> R) (t : term) : R :=
  match t with
  | Number q => Q2R q
  | Name n => v n
  | Negate a => - value v a
  | Add a b => value v a + value v b
  | Subtract a b => value v a - value v b
  | Multiply a b => value v a * value v b
  | Divide a b => value v a / value v b
  | Power a b => power (value v a) (value v b)
  | Pi => PI
  | Apply f a => apply f (value v a)
  | Apply2 f a b => apply2 f (value v a) (value v b)
  | Integral a b g => RInt (fun u => value (at_ v bound u) g) (value v a) (value v b)
  end.

Fixpoint mentions (x : nat) (t : term) : bool :=
  match t with
  | Number _ | Pi => false
  | Name n => Nat.eqb n x
  | Negate a | Apply _ a => mentions x a
  | Add a b | Subtract a b | Multiply a b | Divide a b | Power a b | Apply2 _ a b => mentions x a || mentions x b
  | Integral a b g => mentions x a || mentions x b || negb (Nat.eqb x bound) && mentions x g
  end.

(** Literals are folded where a term is made. *)
Definition negate (a : term) : term := match a with Number q => Number (- q) | _ => Negate a end.
Definition divide (a b : term) : term :=
  match a, b with Number p, Number q => if Qeq_bool q 0 then Divide a b else Number (p / q) | _, _ => Divide a b end.
(** A term in the place of the variable of integration. An integral within has its own, and its ends do not mention it. *)
Fixpoint put (e t : term) : term :=
  match t with
  | Name n => if Nat.eqb n bound then e else t
  | Negate a => negate (put e a)
  | Add a b => Add (put e a) (put e b)
  | Subtract a b => Subtract (put e a) (put e b)
  | Multiply a b => Multiply (put e a) (put e b)
  | Divide a b => divide (put e a) (put e b)
  | Power a b => Power (put e a) (put e b)
  | Apply f a => Apply f (put e a)
  | Apply2 f a b => Apply2 f (put e a) (put e b)
  | Integral a b g => Integral (put e a) (put e b) g
  | Number _ | Pi => t
  end.
Definition integer_of (q : Q) : option Z :=
  let r := Qred q in if Pos.eqb (Qden r) 1 then Some (Qnum r) else None.

(** * The derivative *)

Definition is (q : Q) (a : term) : bool := match a with Number p => Qeq_bool p q | _ => false end.
Definition zero : term := Number 0.
Definition one : term := Number 1.
Definition two : term := Number 2.

Definition sum (a b : term) : term :=
  if is 0 a then b else if is 0 b then a else match b with Negate b => Subtract a b | _ => Add a b end.
Definition negative (a : term) : term := match a with Number q => Number (- q) | Negate inner => inner | _ => negate a end.
Definition product (a b : term) : term :=
  if is 0 a || is 0 b then zero else if is 1 a then b else if is 1 b then a else Multiply a b.
Definition quotient (a b : term) : term := if is 0 a then zero else divide a b.

Definition power_term (base exponent : term) : term :=
  if is 1 exponent then base else if is 0 exponent then one else Power base exponent.

(** [f'(a)] where [t = f(a)] *)
Definition outer (t : term) (f : unary) (a : term) : option term :=
  match f with
  | Exp => Some t
  | Log => Some (divide one a)
  | Sqrt => Some (divide one (Multiply two t))
  | Sin => Some (Apply Cos a)
  | Cos => Some (negate (Apply Sin a))
  | Sinh => Some (Apply Cosh a)
  | Cosh => Some (Apply Sinh a)
  | Tanh => Some (Subtract one (Power t two))
  | Atan => Some (divide one (Add one (Power a two)))
  | Erf => Some (Multiply (divide two (Apply Sqrt Pi)) (Apply Exp (negate (Power a two))))
  | NormalTail => Some (negate (divide (Apply Exp (negate (divide (Power a two) two))) (Apply Sqrt (Multiply two Pi))))
  | _ => None
  end.

Definition map2 {A} (f : A -> A -> A) (a b : option A) : option A :=
  match a, b with Some a, Some b => Some (f a b) | _, _ => None end.

(** Whether an integrand is known not to mention x and to be continuous everywhere. The checker encloses what makes it so over
    all values of its variables, which is not modelled here. *)
Definition moves_by_its_ends (moves : term -> nat -> bool) : Prop := forall g x, moves g x = true ->
  mentions x g = false /\ forall v u, continuous (fun w => value (at_ v bound w) g) u.

Section Computed.
Variable moves : term -> nat -> bool.

Fixpoint derivative (x : nat) (t : term) : option term :=
  if negb (mentions x t) then Some zero else
  match t with
  | Number _ => Some zero
  | Name _ => Some one
  | Negate a => option_map negative (derivative x a)
  | Add a b => map2 sum (derivative x a) (derivative x b)
  | Subtract a b => map2 (fun p q => sum p (negative q)) (derivative x a) (derivative x b)
  | Multiply a b => map2 (fun p q => sum (product p b) (product a q)) (derivative x a) (derivative x b)
  | Divide a b =>
    if negb (mentions x b) then option_map (fun p => quotient p b) (derivative x a)
    else map2 (fun p q => quotient (sum (product p b) (negative (product a q))) (Power b two)) (derivative x a) (derivative x b)
  | Power a b =>
    if negb (mentions x b) then
      let lowered := match b with Number q => Number (q - 1) | _ => Subtract b one end in
      option_map (fun p => product (product b (power_term a lowered)) p) (derivative x a)
    else
      map2 (fun p q => product t (sum (product q (Apply Log a)) (product b (quotient p a)))) (derivative x a) (derivative x b)
  | Apply f a => match outer t f a with Some o => option_map (product o) (derivative x a) | None => None end
  | Integral a b g =>
    let at_end e p := product (put e g) p in
    if moves g x then map2 (fun p q => sum (at_end b q) (negative (at_end a p))) (derivative x a) (derivative x b) else None
  | Pi | Apply2 _ _ _ => None
  end.

(** * The conditions *)

Definition relation : Type := term * comparison * term.
Definition holds_at (v : nat -> R) (r : relation) : Prop :=
  match r with (a, c, b) => holds c (value v a) (value v b) end.
Definition positive (a : term) : relation := (zero, Less, a).
Definition nonnegative (a : term) : relation := (zero, AtMost, a).
Definition nonzero (a : term) : relation := (a, Different, zero).

Definition continuity_here (x : nat) (t : term) : list relation :=
  match t with
  | Divide _ b => if mentions x b then [nonzero b] else []
  | Power a (Number k) =>
    match integer_of k with
    | Some z => if (0 <=? z)%Z then [] else [nonzero a]
    | None => if Qle_bool k 0 then [positive a] else [nonnegative a]
    end
  | Power a _ => [positive a]
  | Apply Log a => [positive a]
  | Apply Sqrt a => [nonnegative a]
  | Integral _ _ g => if moves g x then [] else [nonzero zero]
  | _ => []
  end.

Definition smoothness_here (t : term) : list relation :=
  match t with
  | Power a (Number k) => match integer_of k with Some _ => [] | None => [positive a] end
  | Apply Sqrt a => [positive a]
  | _ => []
  end.

(** Without leaving out what was found before. *)
Fixpoint collect (here : term -> list relation) (x : nat) (t : term) : list relation :=
  if negb (mentions x t) then [] else
  match t with
  | Negate a | Apply _ a => collect here x a
  | Add a b | Subtract a b | Multiply a b | Divide a b | Power a b | Apply2 _ a b | Integral a b _ =>
    collect here x a ++ collect here x b
  | _ => []
  end ++ here t.

Definition continuity (x : nat) : term -> list relation := collect (continuity_here x) x.
Definition smoothness (x : nat) : term -> list relation := collect smoothness_here x.
End Computed.

(** * The values of what is simplified *)

Lemma Q2R_0 : Q2R 0 = 0.
Proof. unfold Q2R. simpl. lra. Qed.
Lemma Q2R_1 : Q2R 1 = 1.
Proof. unfold Q2R. simpl. lra. Qed.
Lemma Q2R_2 : Q2R 2 = 2.
Proof. unfold Q2R. simpl. lra. Qed.

Lemma is_value : forall v q a, is q a = true -> value v a = Q2R q.
Proof.
  intros v q a H. destruct a; try discriminate. simpl in *. apply Qeq_eqR. now apply Qeq_bool_eq.
Qed.

Lemma negate_value : forall v a, value v (negate a) = - value v a.
Proof. intros v []; simpl; try reflexivity. apply Q2R_opp. Qed.

Lemma divide_value : forall v a b, value v (divide a b) = value v a / value v b.
Proof.
  intros v a b. destruct a; try reflexivity. destruct b; try reflexivity. simpl. destruct (Qeq_bool q0 0) eqn:E; [reflexivity |].
  simpl. apply Q2R_div. intro Z. apply Qeq_bool_neq in E. now apply E.
Qed.

Lemma sum_value : forall v a b, value v (sum a b) = value v a + value v b.
Proof.
  intros v a b. unfold sum. destruct (is 0 a) eqn:A; [rewrite (is_value v _ _ A), Q2R_0; ring |].
  destruct (is 0 b) eqn:B; [rewrite (is_value v _ _ B), Q2R_0; ring |]. destruct b; try reflexivity.
Qed.

Lemma negative_value : forall v a, value v (negative a) = - value v a.
Proof. intros v a. destruct a; simpl; try reflexivity; [apply Q2R_opp | ring]. Qed.

Lemma product_value : forall v a b, value v (product a b) = value v a * value v b.
Proof.
  intros v a b. unfold product. destruct (is 0 a) eqn:A; simpl.
  { rewrite (is_value v _ _ A), Q2R_0. ring. }
  destruct (is 0 b) eqn:B; [rewrite (is_value v _ _ B); simpl; rewrite Q2R_0; ring |].
  destruct (is 1 a) eqn:C; [rewrite (is_value v _ _ C), Q2R_1; ring |].
  destruct (is 1 b) eqn:D; [rewrite (is_value v _ _ D), Q2R_1; ring | reflexivity].
Qed.

Lemma quotient_value : forall v a b, value v (quotient a b) = value v a / value v b.
Proof.
  intros v a b. unfold quotient. destruct (is 0 a) eqn:A; [| apply divide_value].
  rewrite (is_value v _ _ A). simpl. rewrite Q2R_0. unfold Rdiv. ring.
Qed.

Lemma power_one : forall a, power a 1 = a.
Proof. intro a. change 1 with (IZR 1). rewrite power_IZR. simpl. ring. Qed.
Lemma power_zero : forall a, power a 0 = 1.
Proof. intro a. change 0 with (IZR 0). rewrite power_IZR. reflexivity. Qed.
Lemma power_two : forall a, power a 2 = a ^ 2.
Proof. intro a. rewrite power_IZR. simpl. ring. Qed.

Lemma power_term_value : forall v a b, value v (power_term a b) = power (value v a) (value v b).
Proof.
  intros v a b. unfold power_term. destruct (is 1 b) eqn:A.
  { rewrite (is_value v _ _ A), Q2R_1. symmetry. apply power_one. }
  destruct (is 0 b) eqn:B; [| reflexivity]. rewrite (is_value v _ _ B), Q2R_0, power_zero. apply Q2R_1.
Qed.

Lemma integer_of_value : forall q z, integer_of q = Some z -> Q2R q = IZR z.
Proof.
  intros q z H. unfold integer_of in H. destruct (Pos.eqb (Qden (Qred q)) 1) eqn:D; [| discriminate].
  injection H as <-. apply Pos.eqb_eq in D. rewrite <- (Qeq_eqR _ _ (Qred_correct q)). unfold Q2R. rewrite D. simpl. field.
Qed.

(** * At a point *)

Lemma value_same : forall t v w, (forall n, v n = w n) -> value v t = value w t.
Proof.
  induction t; intros v w H; simpl; try reflexivity; try apply H; try (now rewrite (IHt v w H));
    try (now rewrite (IHt1 v w H), (IHt2 v w H)).
  rewrite (IHt1 v w H), (IHt2 v w H). apply RInt_ext. intros u _. apply IHt3. intro n. unfold at_.
  now destruct (Nat.eqb n bound).
Qed.

Lemma at_again : forall v x u w n, at_ (at_ v x u) x w n = at_ v x w n.
Proof. intros v x u w n. unfold at_. now destruct (Nat.eqb n x). Qed.

Lemma at_exchange : forall v x y u w n, x <> y -> at_ (at_ v x u) y w n = at_ (at_ v y w) x u n.
Proof.
  intros v x y u w n N. unfold at_. destruct (Nat.eqb_spec n y); destruct (Nat.eqb_spec n x); congruence.
Qed.

Lemma at_same : forall v x t, value (at_ v x (v x)) t = value v t.
Proof. intros v x t. apply value_same. intro n. unfold at_. destruct (Nat.eqb_spec n x); congruence. Qed.

Lemma not_mentioned : forall t v x u, mentions x t = false -> value (at_ v x u) t = value v t.
Proof.
  induction t; intros v x u; simpl; intro H; try reflexivity; try (now rewrite (IHt v x u H));
    try (apply orb_false_iff in H; destruct H as [A B]; now rewrite (IHt1 v x u A), (IHt2 v x u B)).
  - unfold at_. now rewrite H.
  - apply orb_false_iff in H. destruct H as [H G]. apply orb_false_iff in H. destruct H as [A B].
    rewrite (IHt1 v x u A), (IHt2 v x u B). apply RInt_ext. intros w _.
    destruct (Nat.eqb_spec x bound) as [-> | N]; simpl in G.
    + apply value_same, at_again.
    + rewrite <- (IHt3 (at_ v bound w) x u G). apply value_same. intro n. now apply at_exchange.
Qed.

Lemma put_value : forall t v e, value v (put e t) = value (at_ v bound (value v e)) t.
Proof.
  induction t; intros v e; simpl; try reflexivity;
    try (now rewrite ?negate_value, ?divide_value, ?IHt, ?IHt1, ?IHt2).
  - unfold at_. now destruct (Nat.eqb n bound).
  - rewrite IHt1, IHt2. apply RInt_ext. intros u _. symmetry. apply value_same, at_again.
Qed.

(** * Powers *)

Lemma power_negative : forall a p, power a (IZR (Zneg p)) = / (a ^ Pos.to_nat p).
Proof. intros a p. now rewrite power_IZR. Qed.

Lemma derivative_power_integer : forall a z, (0 <= z)%Z \/ a <> 0 ->
  is_derive (fun u => power u (IZR z)) a (IZR z * power a (IZR z - 1)).
Proof.
  intros a z H. rewrite <- minus_IZR. destruct (Z_le_gt_dec 0 z) as [P | N].
  - apply (is_derive_ext (fun u => u ^ Z.to_nat z)).
    { intro u. rewrite <- power_INR, INR_IZR_INZ, Z2Nat.id by exact P. reflexivity. }
    assert (D := derivative_pow a (Z.to_nat z)).
    replace (IZR z * power a (IZR (z - 1))) with (INR (Z.to_nat z) * a ^ pred (Z.to_nat z)); [exact D |].
    destruct (Z.eq_dec z 0) as [-> | NZ]; [simpl; ring |].
    rewrite INR_IZR_INZ, Z2Nat.id by exact P. replace (z - 1)%Z with (Z.of_nat (pred (Z.to_nat z))) by lia.
    now rewrite <- INR_IZR_INZ, power_INR.
  - destruct z as [| p | p]; try lia. destruct H as [H | H]; [lia |].
    apply (is_derive_ext (fun u => / (u ^ Pos.to_nat p))); [intro u; now rewrite power_negative |].
    replace (IZR (Zneg p) * power a (IZR (Zneg p - 1))) with (- INR (Pos.to_nat p) * / (a ^ S (Pos.to_nat p)));
      [now apply derivative_pow_negative |].
    replace (Zneg p - 1)%Z with (Zneg (Pos.succ p)) by lia. rewrite power_negative, Pos2Nat.inj_succ. f_equal.
    rewrite INR_IZR_INZ, positive_nat_Z. reflexivity.
Qed.

(** [y^k] with k > 0 and y >= 0: at 0, where it is not differentiable. *)
Lemma power_continuous : forall y k, 0 < k -> 0 <= y -> continuous (fun u => power u k) y.
Proof.
  intros y k K [Y | <-].
  { apply (ex_derive_continuous (fun u => power u k)). eexists. now apply derivative_power_constant. }
  destruct (integer_dec k) as [[z ->] | N].
  { apply (ex_derive_continuous (fun u => power u (IZR z))). eexists. apply derivative_power_integer. left.
    apply lt_IZR in K. lia. }
  assert (Zero : power 0 k = 0).
  { unfold power. destruct (integer_dec k); [contradiction |]. destruct (Rlt_dec 0 0); [lra | reflexivity]. }
  intros P [e Near]. rewrite Zero in Near. exists (mkposreal (exp (ln e / k)) (exp_pos _)). intros u U. apply Near.
  unfold ball in *; simpl in *; unfold AbsRing_ball, abs, minus, plus, opp in *; simpl in *.
  rewrite Ropp_0, Rplus_0_r in *. destruct e as [e E]; simpl in *. unfold power.
  destruct (integer_dec k); [contradiction |]. destruct (Rlt_dec 0 u) as [Pos | _]; [| rewrite Rabs_R0; exact E].
  rewrite Rabs_pos_eq by (left; apply exp_pos). rewrite Rabs_pos_eq in U by lra.
  apply ln_increasing in U; [| exact Pos]. rewrite ln_exp in U. rewrite <- (exp_ln e E). apply exp_increasing.
  apply Rmult_lt_compat_l with (r := k) in U; [| exact K]. replace (k * (ln e / k)) with (ln e) in U by (field; lra). exact U.
Qed.

(** What the conditions on a power say. *)
Lemma power_conditions : forall moves v x a b, Forall (holds_at v) (continuity_here moves x (Power a b)) ->
  0 < value v a \/
  mentions x b = false /\ (exists z, value v b = IZR z /\ ((0 <= z)%Z \/ value v a <> 0)) \/
  mentions x b = false /\ 0 < value v b /\ 0 <= value v a /\ (Forall (holds_at v) (smoothness_here (Power a b)) -> 0 < value v a).
Proof.
  intros moves v x a b H. destruct b; simpl in H |- *;
    try (left; apply Forall_inv in H; simpl in H; rewrite Q2R_0 in H; exact H).
  destruct (integer_of q) as [z |] eqn:I.
  - right. left. split; [reflexivity |]. exists z. split; [now apply integer_of_value |].
    destruct (0 <=? z)%Z eqn:S; [left; now apply Z.leb_le |]. right. apply Forall_inv in H. simpl in H.
    now rewrite Q2R_0 in H.
  - destruct (Qle_bool q 0) eqn:S; apply Forall_inv in H; simpl in H; rewrite Q2R_0 in H; [now left |].
    right. right. split; [reflexivity |]. split; [| split; [exact H |]].
    + rewrite <- Q2R_0. apply Qlt_Rlt. apply Qnot_le_lt. intro L. apply Qle_bool_iff in L. congruence.
    + intro K. apply Forall_inv in K. simpl in K. now rewrite Q2R_0 in K.
Qed.

(** * The derivative is right *)

Section Point.
  Variable moves : term -> nat -> bool.
  Hypothesis Moves : moves_by_its_ends moves.
  Variables (v : nat -> R) (x : nat).
  Notation curve t := (fun u => value (at_ v x u) t).

  Lemma unmentioned : forall t d, mentions x t = false -> derivative moves x t = Some d -> is_derive (curve t) (v x) (value v d).
  Proof.
    intros t d M D. assert (E : derivative moves x t = Some zero) by (destruct t; simpl in *; rewrite ?M; reflexivity).
    rewrite E in D. injection D as <-. apply (is_derive_ext (fun _ => value v t)).
    - intro u. symmetry. now apply not_mentioned.
    - simpl. rewrite Q2R_0. apply (is_derive_const (value v t)).
  Qed.

  Lemma chain : forall a d h h', is_derive (curve a) (v x) (value v d) -> is_derive h (value v a) h' ->
    is_derive (fun u => h (value (at_ v x u) a)) (v x) (h' * value v d).
  Proof. intros a d h h' A H. apply (derivative_outer (curve a)); [exact A | now rewrite at_same]. Qed.

  Lemma outer_value : forall f a o, outer (Apply f a) f a = Some o -> Forall (holds_at v) (continuity_here moves x (Apply f a)) ->
    Forall (holds_at v) (smoothness_here (Apply f a)) -> is_derive (apply f) (value v a) (value v o).
  Proof.
    intros f a o O C S. destruct f; cbn [outer] in O; try discriminate; apply (f_equal (fun o => match o with Some o => o | None => zero end)) in O;
      cbv beta iota in O; rewrite <- O; cbn [apply].
    - apply Forall_inv in S. simpl in S. rewrite Q2R_0 in S. rewrite divide_value. simpl. rewrite Q2R_1, Q2R_2.
      now apply derivative_sqrt.
    - apply derivative_exp.
    - apply Forall_inv in C. simpl in C. rewrite Q2R_0 in C. rewrite divide_value. simpl. rewrite Q2R_1. now apply derivative_log.
    - simpl. rewrite Q2R_2, power_two. apply derivative_erf.
    - simpl. rewrite Q2R_2, power_two. apply derivative_normal_tail.
    - apply derivative_sin.
    - rewrite negate_value. apply derivative_cos.
    - rewrite divide_value. simpl. rewrite Q2R_1, Q2R_2, power_two. apply derivative_atan.
    - simpl. rewrite Q2R_1, Q2R_2, power_two. apply derivative_tanh.
    - apply derivative_sinh.
    - apply derivative_cosh.
  Qed.

  (** Of an integrand that is continuous everywhere. *)
  Definition primitive (g : term) (y : R) : R := RInt (fun w => value (at_ v bound w) g) 0 y.

  Lemma derivative_primitive : forall g y, moves g x = true -> is_derive (primitive g) y (value (at_ v bound y) g).
  Proof.
    intros g y G. destruct (Moves g x G) as [_ C].
    apply (is_derive_RInt (fun w => value (at_ v bound w) g) (primitive g) 0 y); [| apply C].
    apply filter_forall. intro z. apply (RInt_correct (V := R_CompleteNormedModule)).
    apply (ex_RInt_continuous (V := R_CompleteNormedModule)). intros w _. apply C.
  Qed.

  Lemma integral_by_primitive : forall g a b u, moves g x = true ->
    value (at_ v x u) (Integral a b g) = primitive g (value (at_ v x u) b) - primitive g (value (at_ v x u) a).
  Proof.
    intros g a b u G. destruct (Moves g x G) as [N C]. simpl. set (l := value (at_ v x u) a). set (h := value (at_ v x u) b).
    assert (I : forall y z, ex_RInt (fun w => value (at_ v bound w) g) y z).
    { intros y z. apply (ex_RInt_continuous (V := R_CompleteNormedModule)). intros w _. apply C. }
    transitivity (RInt (fun w => value (at_ v bound w) g) l h).
    - apply RInt_ext. intros w _. destruct (Nat.eq_dec x bound) as [-> | X]; [apply value_same, at_again |].
      rewrite <- (not_mentioned g (at_ v bound w) x u N). apply value_same. intro n. now apply at_exchange.
    - assert (H := RInt_Chasles _ 0 l h (I 0 l) (I l h)). unfold plus in H; simpl in H. unfold primitive. lra.
  Qed.

  Ltac parts M C := unfold continuity, smoothness in *; simpl in C; rewrite M in C; simpl in C;
    rewrite ?Forall_app in C.

  Theorem derivative_correct : forall t d, derivative moves x t = Some d ->
    Forall (holds_at v) (continuity moves x t) -> Forall (holds_at v) (smoothness x t) -> is_derive (curve t) (v x) (value v d).
  Proof.
    induction t as [q | n | a IHa | a IHa b IHb | a IHa b IHb | a IHa b IHb | a IHa b IHb | a IHa b IHb | | f a IHa | f a IHa b IHb
      | a IHa b IHb g _];
      intros d D C S;
      match goal with |- is_derive (fun u => value _ ?t) _ _ => destruct (mentions x t) eqn:M; [| now apply unmentioned] end;
      try discriminate; simpl in M; parts M C; parts M S; simpl in D; rewrite ?M in D; simpl in D;
      try discriminate.
    - apply Nat.eqb_eq in M. subst n. injection D as <-. apply (is_derive_ext (fun u => u)).
      + intro u. simpl. unfold at_. now rewrite Nat.eqb_refl.
      + simpl. rewrite Q2R_1. apply (is_derive_id (v x)).
    - destruct (derivative moves x a) as [p |] eqn:A; [| discriminate]. injection D as <-. rewrite negative_value.
      apply derivative_negate. now apply IHa.
    - destruct (derivative moves x a) as [p |] eqn:A; [| discriminate]. destruct (derivative moves x b) as [q |] eqn:B; [| discriminate].
      injection D as <-. rewrite sum_value. apply (derivative_add (curve a) (curve b)); [now apply IHa | now apply IHb].
    - destruct (derivative moves x a) as [p |] eqn:A; [| discriminate]. destruct (derivative moves x b) as [q |] eqn:B; [| discriminate].
      injection D as <-. rewrite sum_value, negative_value.
      apply (derivative_subtract (curve a) (curve b)); [now apply IHa | now apply IHb].
    - destruct (derivative moves x a) as [p |] eqn:A; [| discriminate]. destruct (derivative moves x b) as [q |] eqn:B; [| discriminate].
      injection D as <-. rewrite sum_value, !product_value.
      assert (E := derivative_multiply (curve a) (curve b) (v x) _ _ (IHa p eq_refl ltac:(tauto) ltac:(tauto))
        (IHb q eq_refl ltac:(tauto) ltac:(tauto))). cbv beta in E. rewrite !at_same in E. exact E.
    - destruct (mentions x b) eqn:MB; simpl in D.
      + destruct (derivative moves x a) as [p |] eqn:A; [| discriminate]. destruct (derivative moves x b) as [q |] eqn:B; [| discriminate].
        injection D as <-. destruct C as [[CA CB] N]. apply Forall_inv in N. simpl in N. rewrite Q2R_0 in N.
        rewrite quotient_value, sum_value, negative_value, !product_value.
        replace (value v (Power b two)) with (value v b ^ 2) by (cbn [value two]; now rewrite Q2R_2, power_two).
        assert (E := derivative_divide (curve a) (curve b) (v x) _ _ (IHa p eq_refl CA ltac:(tauto))
          (IHb q eq_refl CB ltac:(tauto))). cbv beta in E. rewrite !at_same in E. now apply E.
      + destruct (derivative moves x a) as [p |] eqn:A; [| discriminate]. injection D as <-. rewrite quotient_value.
        apply (is_derive_ext (fun u => value (at_ v x u) a / value v b)).
        * intro u. simpl. now rewrite (not_mentioned b v x u MB).
        * apply (derivative_divide_constant (curve a)). now apply IHa.
    - destruct C as [[CA CB] CH]. destruct S as [[SA SB] SH]. assert (K := power_conditions moves v x a b CH).
      destruct (mentions x b) eqn:MB; simpl in D.
      + destruct K as [P | [[F _] | [F _]]]; try discriminate.
        destruct (derivative moves x a) as [p |] eqn:A; [| discriminate]. destruct (derivative moves x b) as [q |] eqn:B; [| discriminate].
        injection D as <-. rewrite product_value, sum_value, !product_value, quotient_value.
        assert (E := derivative_power (curve a) (curve b) (v x) _ _ (IHa p eq_refl CA SA) (IHb q eq_refl CB SB)).
        cbv beta in E. rewrite !at_same in E. now apply E.
      + destruct (derivative moves x a) as [p |] eqn:A; [| discriminate]. injection D as <-.
        rewrite !product_value, power_term_value.
        replace (value v (match b with Number q => Number (q - 1) | _ => Subtract b one end)) with (value v b - 1)
          by (destruct b; simpl; rewrite ?Q2R_minus, Q2R_1; reflexivity).
        apply (is_derive_ext (fun u => power (value (at_ v x u) a) (value v b))).
        { intro u. simpl. now rewrite (not_mentioned b v x u MB). }
        apply (chain a p (fun y => power y (value v b))); [now apply IHa |].
        destruct K as [P | [[_ [z [Z K]]] | [_ [_ [_ K]]]]].
        * now apply derivative_power_constant.
        * rewrite Z. now apply derivative_power_integer.
        * apply derivative_power_constant. now apply K.
    - destruct (outer (Apply f a) f a) as [o |] eqn:O; [| discriminate]. destruct (derivative moves x a) as [p |] eqn:A; [| discriminate].
      injection D as <-. rewrite product_value. destruct C as [CA CH]. destruct S as [SA SH].
      apply (chain a p (apply f)); [now apply IHa | now apply outer_value].
    - destruct (moves g x) eqn:G; [| discriminate]. destruct (derivative moves x a) as [p |] eqn:A; [| discriminate].
      destruct (derivative moves x b) as [q |] eqn:B; [| discriminate]. injection D as <-.
      rewrite sum_value, negative_value, !product_value, !put_value.
      apply (is_derive_ext (fun u => primitive g (value (at_ v x u) b) - primitive g (value (at_ v x u) a))).
      { intro u. symmetry. now apply integral_by_primitive. }
      apply (derivative_subtract (fun u => primitive g (value (at_ v x u) b)) (fun u => primitive g (value (at_ v x u) a)));
        apply chain; try (now apply IHa); try (now apply IHb); now apply derivative_primitive.
  Qed.

  (** * What is continuous *)

  Lemma unmentioned_continuous : forall t, mentions x t = false -> continuous (curve t) (v x).
  Proof.
    intros t M. apply (continuous_ext (fun _ => value v t)); [| apply continuous_const].
    intro u. symmetry. now apply not_mentioned.
  Qed.

  Lemma continuous_through : forall a (h : R -> R), continuous (curve a) (v x) -> continuous h (value v a) ->
    continuous (fun u => h (value (at_ v x u) a)) (v x).
  Proof. intros a h A H. apply (continuous_comp (curve a) h); [exact A | now rewrite at_same]. Qed.

  Lemma outer_continuous : forall f a o, outer (Apply f a) f a = Some o ->
    Forall (holds_at v) (continuity_here moves x (Apply f a)) -> continuous (apply f) (value v a).
  Proof.
    intros f a o O C.
    destruct f; try discriminate; simpl apply;
      try (apply Forall_inv in C; simpl in C; rewrite Q2R_0 in C); [now apply continuous_sqrt | ..];
      apply (ex_derive_continuous (V := R_NormedModule)); eexists;
      [apply derivative_exp | now apply derivative_log | apply derivative_erf | apply derivative_normal_tail
      | apply derivative_sin | apply derivative_cos | apply derivative_atan | apply derivative_tanh
      | apply derivative_sinh | apply derivative_cosh].
  Qed.

  (** Where the checker finds a derivative, the conditions of continuity alone make the term continuous. *)
  Theorem continuity_correct : forall t d, derivative moves x t = Some d ->
    Forall (holds_at v) (continuity moves x t) -> continuous (curve t) (v x).
  Proof.
    induction t as [q | n | a IHa | a IHa b IHb | a IHa b IHb | a IHa b IHb | a IHa b IHb | a IHa b IHb | | f a IHa | f a IHa b IHb
      | a IHa b IHb g _];
      intros d D C;
      match goal with |- continuous (fun u => value _ ?t) _ => destruct (mentions x t) eqn:M; [| now apply unmentioned_continuous] end;
      try discriminate; simpl in M; parts M C; simpl in D; rewrite ?M in D; simpl in D; try discriminate.
    - apply Nat.eqb_eq in M. subst n. apply (continuous_ext (fun u => u)); [| apply continuous_id].
      intro u. simpl. unfold at_. now rewrite Nat.eqb_refl.
    - destruct (derivative moves x a) as [p |] eqn:A; [| discriminate]. apply (continuous_opp (curve a)). now apply (IHa p).
    - destruct (derivative moves x a) as [p |] eqn:A; [| discriminate]. destruct (derivative moves x b) as [q |] eqn:B; [| discriminate].
      apply (continuous_plus (curve a) (curve b)); [now apply (IHa p) | now apply (IHb q)].
    - destruct (derivative moves x a) as [p |] eqn:A; [| discriminate]. destruct (derivative moves x b) as [q |] eqn:B; [| discriminate].
      apply (continuous_minus (curve a) (curve b)); [now apply (IHa p) | now apply (IHb q)].
    - destruct (derivative moves x a) as [p |] eqn:A; [| discriminate]. destruct (derivative moves x b) as [q |] eqn:B; [| discriminate].
      apply (continuous_mult (curve a) (curve b)); [now apply (IHa p) | now apply (IHb q)].
    - destruct (mentions x b) eqn:MB; simpl in D; (destruct (derivative moves x a) as [p |] eqn:A; [| discriminate]).
      + destruct (derivative moves x b) as [q |] eqn:B; [| discriminate].
        destruct C as [[CA CB] N]. apply Forall_inv in N. simpl in N. rewrite Q2R_0 in N.
        apply (continuous_mult (curve a) (fun u => / value (at_ v x u) b)); [now apply (IHa p) |].
        apply (continuous_through b Rinv); [now apply (IHb q) | now apply continuous_Rinv].
      + apply (continuous_mult (curve a) (fun u => / value (at_ v x u) b)); [now apply (IHa p) |].
        apply (continuous_ext (fun _ => / value v b)); [| apply continuous_const].
        intro u. now rewrite (not_mentioned b v x u MB).
    - destruct C as [[CA CB] CH]. assert (K := power_conditions moves v x a b CH).
      destruct (derivative moves x a) as [p |] eqn:A; [| destruct (mentions x b); discriminate].
      assert (KA : continuous (curve a) (v x)) by now apply (IHa p). destruct K as [P | K].
      + assert (KB : continuous (curve b) (v x)).
        { destruct (mentions x b) eqn:MB; [| now apply unmentioned_continuous].
          destruct (derivative moves x b) as [q |] eqn:B; [| discriminate]. now apply (IHb q). }
        apply (continuous_ext_loc _ (fun u => exp (value (at_ v x u) b * ln (value (at_ v x u) a)))).
        * assert (L : locally (v x) (fun u => 0 < value (at_ v x u) a)).
          { apply (KA (fun y => 0 < y)). rewrite at_same. now apply positive_near. }
          revert L. apply filter_imp. intros u U. simpl. symmetry. now apply power_of_positive.
        * apply (continuous_comp (fun u => value (at_ v x u) b * ln (value (at_ v x u) a)) exp).
          -- apply (continuous_mult (curve b)); [exact KB |]. apply continuous_through; [exact KA |].
             apply (ex_derive_continuous (V := R_NormedModule)). eexists. now apply derivative_log.
          -- apply (ex_derive_continuous (V := R_NormedModule)). eexists. apply derivative_exp.
      + assert (MB : mentions x b = false) by tauto.
        apply (continuous_ext (fun u => power (value (at_ v x u) a) (value v b))).
        { intro u. simpl. now rewrite (not_mentioned b v x u MB). }
        apply (continuous_through a (fun y => power y (value v b)) KA).
        destruct K as [[_ [z [Z K]]] | [_ [KB [KP _]]]]; [| now apply power_continuous].
        rewrite Z. apply (ex_derive_continuous (V := R_NormedModule)). eexists. now apply derivative_power_integer.
    - destruct (outer (Apply f a) f a) as [o |] eqn:O; [| discriminate]. destruct (derivative moves x a) as [p |] eqn:A; [| discriminate].
      destruct C as [CA CH]. apply (continuous_through a (apply f)); [now apply (IHa p) | now apply (outer_continuous f a o)].
    - destruct (moves g x) eqn:G; [| discriminate]. destruct (derivative moves x a) as [p |] eqn:A; [| discriminate].
      destruct (derivative moves x b) as [q |] eqn:B; [| discriminate].
      apply (continuous_ext (fun u => primitive g (value (at_ v x u) b) - primitive g (value (at_ v x u) a))).
      { intro u. symmetry. now apply integral_by_primitive. }
      apply (continuous_minus (fun u => primitive g (value (at_ v x u) b)) (fun u => primitive g (value (at_ v x u) a)));
        apply continuous_through; try (now apply (IHa p)); try (now apply (IHb q));
        apply (ex_derive_continuous (V := R_NormedModule)); eexists; now apply derivative_primitive.
  Qed.
End Point.
