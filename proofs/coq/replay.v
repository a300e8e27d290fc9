(** Tactics and small lemmas with which an exported certificate is replayed: [boundproof export coq] writes files that
    require this one. The rules themselves are the theorems of the other files. *)

From Coq Require Export Reals List Lra Lia Psatz ZArith.
From Coquelicot Require Export Coquelicot.
From Interval Require Export Tactic.
From Boundproof Require Export semantics identity.
From Boundproof Require algebra calculus enclosure exponential fraction naming natural order piecewise power root.
From Boundproof Require trigonometric.
From Boundproof Require combinatorial gamma special.
Export ListNotations.
Open Scope R_scope.

(** * Algebra *)

(** A term that is not 0 because a known one is a multiple of it, or is the same by linear arithmetic. *)
Ltac nonzero :=
  lazymatch goal with
  | |- _ /\ _ => split; nonzero
  | |- True => exact I
  | |- _ =>
    first
    [ assumption
    | lazymatch goal with
      | |- ?a * ?b <> 0 => apply Rmult_integral_contrapositive_currified; nonzero
      | |- ?a ^ ?n <> 0 => apply pow_nonzero; nonzero
      | |- - ?a <> 0 => apply Ropp_neq_0_compat; nonzero
      | |- / ?a <> 0 => apply Rinv_neq_0_compat; nonzero
      | |- exp ?a <> 0 => apply Rgt_not_eq, exp_pos
      | |- PI <> 0 => exact PI_neq0
      | |- IZR _ <> 0 => lra
      end
    | match goal with H : ?b <> 0 |- ?a <> 0 => let Z := fresh in intro Z; apply H; lra end
    | let Z := fresh in intro Z; lra
    | match goal with H : ?b <> 0 |- ?a <> 0 => let Z := fresh in intro Z; apply H; nra end ]
  end.

Ltac push_inverses :=
  unfold Rdiv; repeat (first [rewrite Rinv_mult | rewrite Rinv_inv | rewrite Rinv_1 | rewrite <- pow_inv]).

(** Inverses of what may be 0 are kept as they are. *)
Ltac opaque_inverses :=
  push_inverses;
  repeat match goal with
  | |- context [/ ?y] =>
    lazymatch y with IZR _ => fail | _ => idtac end;
    tryif (assert (y <> 0) by nonzero) then fail else (generalize (/ y); intro)
  end.

(** An identity of terms as polynomials over atoms. What is cancelled is known to be non-zero from the context. *)
Ltac algebra :=
  first
  [ reflexivity
  | ring
  | solve [field; nonzero]
  | lra
  | solve [opaque_inverses; first [ring | field; nonzero]] ].

(** A name for an inverse. *)
Lemma inverse_named : forall x, exists z, z = / x /\ / z = x.
Proof. intro x. exists (/ x). split; [reflexivity | apply Rinv_inv]. Qed.

(** A product 0 because a divisor has become 0, whose inverse is 0. *)
Ltac inverse_of_zero_vanishes :=
  push_inverses;
  repeat first [rewrite Rinv_0 | rewrite Rmult_0_l | rewrite Rmult_0_r | rewrite pow_i by lia | rewrite Rplus_0_l | rewrite Rplus_0_r];
  first [reflexivity | ring].

(** * The parts of an application of [combine] *)

Ltac condition :=
  lazymatch goal with
  | |- _ \/ _ => first [left; reflexivity | right; simpl; lra]
  | |- True => exact I
  | |- Exists _ _ =>
    repeat (first [apply Exists_cons_hd; split; [reflexivity | simpl; lra] | apply Exists_cons_tl])
  | |- Forall (fun p => _ \/ _) _ =>
    repeat (apply Forall_cons; [first [left; reflexivity | right; simpl; lra] |]); apply Forall_nil
  | |- _ => repeat constructor
  end.

(** [a <> b], from the same, from [b <> a], or from a strict comparison. *)
Ltac apart H :=
  first [exact H | exact (not_eq_sym H) | clear - H; let E := fresh in intro E; lra].

(** * Shapes *)

Ltac shape :=
  first
  [ assumption
  | lazymatch goal with
    | |- natural (IZR _) => apply natural_IZR; lia
    | |- natural (_ + _) => apply natural_plus; shape
    | |- natural (_ * _) => apply natural_mult; shape
    | |- natural (_ ^ _) => apply natural_pow; shape
    | |- natural (semantics.power _ _) => apply natural_power; shape
    | |- natural (Rabs _) => apply natural_abs; shape
    | |- natural (Rmin _ _) => apply natural_min; shape
    | |- natural (Rmax _ _) => apply natural_max; shape
    | |- natural (factorial _) => apply natural_factorial
    | |- natural (binomial _ _) => apply natural_binomial
    | |- integer (IZR _) => apply integer_IZR
    | |- integer (- _) => apply integer_opp; shape
    | |- integer (_ + _) => apply integer_plus; shape
    | |- integer (_ - _) => apply integer_minus; shape
    | |- integer (_ * _) => apply integer_mult; shape
    | |- integer (_ ^ _) => apply integer_pow; shape
    | |- integer (semantics.power _ _) => apply integer_power; shape
    | |- integer (floor _) => apply integer_floor
    | |- integer (ceil _) => apply integer_ceil
    | |- integer (Rabs _) => apply integer_abs; shape
    | |- integer (Rmin _ _) => apply integer_min; shape
    | |- integer (Rmax _ _) => apply integer_max; shape
    | |- integer (factorial _) => apply natural_integer, natural_factorial
    | |- integer (binomial _ _) => apply natural_integer, natural_binomial
    | |- integer _ => apply natural_integer; assumption
    end ].

(** * Powers with literal exponents *)

Lemma power_literal : forall a n, semantics.power a (IZR (Z.of_nat n)) = a ^ n.
Proof. intros a n. rewrite <- INR_IZR_INZ. apply power_INR. Qed.

Lemma power_literal_negative : forall a n, semantics.power a (IZR (- Z.of_nat n)) = / (a ^ n).
Proof.
  intros a n. rewrite power_IZR. destruct n as [| n]; [simpl; now rewrite Rinv_1 |].
  simpl Z.of_nat. unfold Z.opp, powerRZ. now rewrite SuccNat2Pos.id_succ.
Qed.

(** [same]: the two sides differ by an equation of the context, by literals that were put together, and by powers whose
    exponent has become a literal. *)
Ltac literal_powers :=
  repeat match goal with
  | |- context [semantics.power ?a (IZR ?z)] =>
    first
    [ let n := eval cbv in (Z.to_nat z) in
      lazymatch eval cbv in (Z.leb 0 z) with
      | true => replace (semantics.power a (IZR z)) with (a ^ n) by (symmetry; exact (power_literal a n))
      | false => let m := eval cbv in (Z.to_nat (- z)) in
        replace (semantics.power a (IZR z)) with (/ (a ^ m)) by (symmetry; exact (power_literal_negative a m))
      end ]
  end.

Ltac same :=
  literal_powers;
  first
  [ reflexivity | solve [algebra]
  | lazymatch goal with
    | |- ?f ?a = ?f ?b => apply (f_equal f); same
    | |- ?f ?a ?c = ?f ?b ?d => apply (f_equal2 f); same
    end ].

Lemma holds_same : forall c a b a' b', holds c a b -> a' = a -> b' = b -> holds c a' b'.
Proof. intros c a b a' b' H -> ->. exact H. Qed.

(** * Products, a factor at a time *)

Lemma log_one : ln 1 = 0 /\ 0 < 1.
Proof. split; [exact ln_1 | lra]. Qed.
Lemma log_times : forall p s w v, ln p = s /\ 0 < p -> ln w = v /\ 0 < w -> ln (p * w) = s + v /\ 0 < p * w.
Proof.
  intros p s w v [<- P] [<- W]. split; [now apply ln_mult | now apply Rmult_lt_0_compat].
Qed.
Lemma log_of_pow : forall u n, 0 < u -> ln (u ^ n) = IZR (Z.of_nat n) * ln u /\ 0 < u ^ n.
Proof.
  intros u n U. rewrite <- INR_IZR_INZ. split; [| now apply pow_lt].
  rewrite <- Rpower_pow by exact U. apply ln_exp.
Qed.
Lemma log_of_inverse_pow : forall u n, 0 < u -> ln (/ (u ^ n)) = IZR (- Z.of_nat n) * ln u /\ 0 < / (u ^ n).
Proof.
  intros u n U. destruct (log_of_pow u n U) as [L P].
  rewrite ln_Rinv, L, opp_IZR by exact P. split; [ring | now apply Rinv_0_lt_compat].
Qed.

Lemma exp_zero : exp 0 = 1.
Proof. exact exp_0. Qed.
Lemma exp_plus_ : forall s p v w, exp s = p -> exp v = w -> exp (s + v) = p * w.
Proof. intros s p v w <- <-. apply exp_plus. Qed.
Lemma exp_times : forall u n, exp (IZR (Z.of_nat n) * u) = exp u ^ n.
Proof.
  intros u n. rewrite <- INR_IZR_INZ. induction n as [| n IH]; [simpl INR; now rewrite Rmult_0_l, exp_0 |].
  rewrite S_INR, Rmult_plus_distr_r, exp_plus, IH, Rmult_1_l, <- tech_pow_Rmult. apply Rmult_comm.
Qed.
Lemma exp_times_negative : forall u n, exp (IZR (- Z.of_nat n) * u) = / (exp u ^ n).
Proof. intros u n. rewrite opp_IZR, Ropp_mult_distr_l_reverse, exp_Ropp, exp_times. reflexivity. Qed.

(** * Enclosures *)

Lemma inverse_at_most : forall q b v, 0 < q -> q <= b -> v * q = 1 -> / b <= v.
Proof.
  intros q b v Q B V. replace v with (/ q) by (apply (Rmult_eq_reg_r q); [rewrite Rinv_l; lra | lra]).
  now apply Rinv_le_contravar.
Qed.
Lemma inverse_less : forall q b v, 0 < q -> q < b -> v * q = 1 -> / b < v.
Proof.
  intros q b v Q B V. replace v with (/ q) by (apply (Rmult_eq_reg_r q); [rewrite Rinv_l; lra | lra]).
  now apply enclosure.inverse_upper_strict.
Qed.
Lemma inverse_at_least : forall q b v, 0 < b -> b <= q -> v * q = 1 -> v <= / b.
Proof.
  intros q b v Q B V. replace v with (/ q) by (apply (Rmult_eq_reg_r q); [rewrite Rinv_l; lra | lra]).
  now apply Rinv_le_contravar.
Qed.
Lemma inverse_greater : forall q b v, 0 < b -> b < q -> v * q = 1 -> v < / b.
Proof.
  intros q b v Q B V. replace v with (/ q) by (apply (Rmult_eq_reg_r q); [rewrite Rinv_l; lra | lra]).
  now apply enclosure.inverse_upper_strict.
Qed.
Lemma inverse_opp : forall b, / b = - / (- b).
Proof. intro b. rewrite Rinv_opp. ring. Qed.

Lemma pow_at_least : forall q x n v, 0 <= q -> q <= x -> v <= q ^ n -> v <= x ^ n.
Proof. intros. apply Rle_trans with (q ^ n); [assumption | apply pow_incr; lra]. Qed.
Lemma pow_at_most : forall q x n v, 0 <= x -> x <= q -> q ^ n <= v -> x ^ n <= v.
Proof. intros. apply Rle_trans with (q ^ n); [apply pow_incr; lra | assumption]. Qed.
Lemma pow_increasing : forall n x y, 0 <= x -> x < y -> x ^ S n < y ^ S n.
Proof.
  intros n x y X Y. induction n as [| n IH]; [simpl; lra |].
  change (x * x ^ S n < y * y ^ S n). apply Rle_lt_trans with (x * y ^ S n).
  - apply Rmult_le_compat_l; lra.
  - apply Rmult_lt_compat_r; [apply pow_lt; lra | exact Y].
Qed.
Lemma pow_greater : forall q x n v, 0 <= q -> q < x -> v <= q ^ S n -> v < x ^ S n.
Proof. intros. apply Rle_lt_trans with (q ^ S n); [assumption | now apply pow_increasing]. Qed.
Lemma pow_less : forall q x n v, 0 <= x -> x < q -> q ^ S n <= v -> x ^ S n < v.
Proof. intros. apply Rlt_le_trans with (q ^ S n); [now apply pow_increasing | assumption]. Qed.
Lemma pow_even_opp : forall x n, x ^ (2 * n) = (- x) ^ (2 * n).
Proof. intros x n. rewrite !pow_mult. f_equal. ring. Qed.
Lemma pow_odd_opp : forall x n, x ^ S (2 * n) = - (- x) ^ S (2 * n).
Proof. intros x n. rewrite <- !tech_pow_Rmult, (pow_even_opp x). ring. Qed.
Lemma pow_even_at_most : forall q x n v, - q <= x <= q -> q ^ (2 * n) <= v -> x ^ (2 * n) <= v.
Proof.
  intros q x n v X V. destruct (Rle_lt_dec 0 x).
  - apply (pow_at_most q); lra.
  - rewrite pow_even_opp. apply (pow_at_most q); lra.
Qed.

Lemma pow_even_below : forall q x n v, 0 <= q -> x <= - q -> v <= q ^ (2 * n) -> v <= x ^ (2 * n).
Proof. intros q x n v Q X V. rewrite pow_even_opp. apply (pow_at_least q); lra. Qed.
Lemma cosh_at_least_one : forall a, 1 <= cosh a.
Proof.
  intro a. unfold cosh. assert (P := exp_pos a). assert (Q := exp_Ropp a). rewrite Q.
  assert (S := pow2_ge_0 (exp a - 1)). apply (Rmult_le_reg_r (2 * exp a)); [lra |].
  replace ((exp a + / exp a) / 2 * (2 * exp a)) with (exp a ^ 2 + 1) by (field; lra). lra.
Qed.
Lemma cosh_above_one : forall a, a <> 0 -> 1 < cosh a.
Proof.
  intros a A. unfold cosh. assert (P := exp_pos a). assert (Q := exp_Ropp a). rewrite Q.
  assert (N : exp a - 1 <> 0) by (intro E; apply A; apply exp_inv; rewrite exp_0; lra).
  assert (S : 0 < (exp a - 1) ^ 2) by (assert (T := pow2_gt_0 _ N); exact T).
  apply (Rmult_lt_reg_r (2 * exp a)); [lra |].
  replace ((exp a + / exp a) / 2 * (2 * exp a)) with (exp a ^ 2 + 1) by (field; lra). lra.
Qed.
Lemma cosh_at_most : forall q a m, - q <= a <= q -> (exp q + exp (- q)) / 2 <= m -> cosh a <= m.
Proof.
  intros q a m A M. apply Rle_trans with (2 := M). unfold cosh.
  assert (I : exp a <= exp q) by (now apply power.exp_at_most).
  assert (J : exp (- q - a) <= 1) by (rewrite <- exp_0; apply power.exp_at_most; lra).
  assert (P : 0 <= (exp q - exp a) * (1 - exp (- q - a))) by (apply Rmult_le_pos; lra).
  replace ((exp q - exp a) * (1 - exp (- q - a))) with (exp q + exp (- q) - (exp a + exp (- a))) in P; [lra |].
  replace (exp (- q)) with (exp a * exp (- q - a)) by (rewrite <- exp_plus; f_equal; ring).
  replace (exp (- a)) with (exp q * exp (- q - a)) by (rewrite <- exp_plus; f_equal; ring). ring.
Qed.

Lemma exp_at_least : forall q a m, m <= exp q -> q <= a -> m <= exp a.
Proof. intros q a m M A. apply Rle_trans with (1 := M). now apply power.exp_at_most. Qed.
Lemma exp_at_most_ : forall q a m, exp q <= m -> a <= q -> exp a <= m.
Proof. intros q a m M A. apply Rle_trans with (2 := M). now apply power.exp_at_most. Qed.
Lemma exp_greater : forall q a m, m <= exp q -> q < a -> m < exp a.
Proof. intros q a m M A. apply Rle_lt_trans with (1 := M). now apply exp_increasing. Qed.
Lemma exp_less : forall q a m, exp q <= m -> a < q -> exp a < m.
Proof. intros q a m M A. apply Rlt_le_trans with (2 := M). now apply exp_increasing. Qed.
Lemma exp_zero_at_least : 1 <= exp 0.
Proof. rewrite exp_0. lra. Qed.
Lemma exp_zero_at_most : exp 0 <= 1.
Proof. rewrite exp_0. lra. Qed.

Lemma log_at_least : forall q a m, 0 < q -> m <= ln q -> q <= a -> m <= ln a.
Proof. intros q a m Q M A. apply Rle_trans with (1 := M). now apply power.ln_at_most. Qed.
Lemma log_at_most : forall q a m, 0 < a -> ln q <= m -> a <= q -> ln a <= m.
Proof. intros q a m Q M A. apply Rle_trans with (2 := M). now apply power.ln_at_most. Qed.
Lemma log_greater : forall q a m, 0 < q -> m <= ln q -> q < a -> m < ln a.
Proof. intros q a m Q M A. apply Rle_lt_trans with (1 := M). now apply ln_increasing. Qed.
Lemma log_less : forall q a m, 0 < a -> ln q <= m -> a < q -> ln a < m.
Proof. intros q a m Q M A. apply Rlt_le_trans with (2 := M). now apply ln_increasing. Qed.
Lemma log_one_at_least : 0 <= ln 1.
Proof. rewrite ln_1. lra. Qed.
Lemma log_one_at_most : ln 1 <= 0.
Proof. rewrite ln_1. lra. Qed.

Lemma sqrt_at_least : forall a m, 0 <= m -> m * m <= a -> m <= sqrt a.
Proof. intros a m M H. rewrite <- (sqrt_square m M). now apply sqrt_le_1_alt. Qed.
Lemma sqrt_greater : forall a m, 0 <= m -> m * m < a -> m < sqrt a.
Proof. intros a m M H. rewrite <- (sqrt_square m M). apply sqrt_lt_1_alt. assert (0 <= m * m) by now apply Rmult_le_pos. lra. Qed.
Lemma sqrt_at_most : forall a m, 0 <= m -> a <= m * m -> sqrt a <= m.
Proof. intros a m M H. rewrite <- (sqrt_square m M). now apply sqrt_le_1_alt. Qed.
Lemma sqrt_less : forall a m, 0 < m -> a < m * m -> sqrt a < m.
Proof.
  intros a m M H. destruct (Rle_lt_dec 0 a).
  - rewrite <- (sqrt_square m) by lra. apply sqrt_lt_1_alt. lra.
  - rewrite sqrt_neg_0; lra.
Qed.

Lemma floor_at_least : forall z a, IZR z <= a -> IZR z <= floor a.
Proof.
  intros z a H. destruct (floor_bounds a) as [_ B]. unfold floor in *. apply IZR_le.
  assert (IZR z < IZR (Int_part a) + 1) by lra. rewrite <- plus_IZR in H0. apply lt_IZR in H0. lia.
Qed.
Lemma floor_at_most : forall z a, a < IZR z + 1 -> floor a <= IZR z.
Proof.
  intros z a H. destruct (floor_bounds a) as [B _]. unfold floor in *. apply IZR_le.
  assert (IZR (Int_part a) < IZR z + 1) by lra. rewrite <- plus_IZR in H0. apply lt_IZR in H0. lia.
Qed.
Lemma ceil_at_most : forall z a, a <= IZR z -> ceil a <= IZR z.
Proof.
  intros z a H. unfold ceil. assert (K := floor_at_least (- z) (- a)). rewrite opp_IZR in K. lra.
Qed.
Lemma ceil_at_least : forall z a, IZR z - 1 < a -> IZR z <= ceil a.
Proof.
  intros z a H. unfold ceil. assert (K := floor_at_most (- z) (- a)). rewrite opp_IZR in K. lra.
Qed.

Lemma power_nonnegative : forall a b, 0 <= a -> 0 <= semantics.power a b.
Proof.
  intros a b [A | <-].
  - rewrite power_of_positive by exact A. left. apply exp_pos.
  - unfold semantics.power. destruct integer_dec as [[z ->] | _].
    + rewrite Int_part_IZR. destruct z as [| z | z]; simpl; [lra | apply pow_le; lra |].
      apply enclosure.inverse_nonnegative, pow_le. lra.
    + destruct (Rlt_dec 0 0); [left; apply exp_pos | lra].
Qed.

Lemma tanh_by_exp : forall a, tanh a = 1 - 2 / (exp (2 * a) + 1).
Proof.
  intro a. assert (H := trigonometric.tanh_definition a). simpl in H. assert (E := exp_pos (2 * a)).
  apply (Rmult_eq_reg_r (exp (2 * a) + 1)); [rewrite H; field; lra | lra].
Qed.

(** * Derivatives *)

Lemma derivative_variable : forall x : R, is_derive (fun u : R => u) x 1.
Proof. exact is_derive_id. Qed.
Lemma derivative_literal : forall c x : R, is_derive (fun _ : R => c) x 0.
Proof. exact is_derive_const. Qed.

(** A derivative by the table of [calculus], as an unsimplified term; the conditions are left to [side]. *)
Ltac differentiate side :=
  lazymatch goal with
  | |- is_derive (fun u => u) _ _ => apply derivative_variable
  | |- is_derive (fun _ => ?c) _ _ => apply derivative_literal
  | |- is_derive (fun u => - @?f u) _ _ => eapply calculus.derivative_negate; differentiate side
  | |- is_derive (fun u => @?f u + @?g u) _ _ => eapply calculus.derivative_add; differentiate side
  | |- is_derive (fun u => @?f u - @?g u) _ _ => eapply calculus.derivative_subtract; differentiate side
  | |- is_derive (fun u => @?f u * @?g u) _ _ => eapply calculus.derivative_multiply; differentiate side
  | |- is_derive (fun u => @?f u / @?g u) _ _ =>
    (* a metavariable below a binder matches open terms too, so that constancy is asked for separately *)
    lazymatch g with
    | (fun _ => ?b) => refine (calculus.derivative_divide_constant f _ _ _ b); differentiate side
    | _ => refine (calculus.derivative_divide f g _ _ _ _ _ _); [differentiate side | differentiate side | side]
    end
  | |- is_derive (fun u => / (@?f u ^ ?n)) _ _ =>
    refine (calculus.derivative_outer f _ _ _ (fun v => / (v ^ n)) _ _);
      [differentiate side | apply calculus.derivative_pow_negative; side]
  | |- is_derive (fun u => @?f u ^ ?n) _ _ =>
    refine (calculus.derivative_outer f _ _ _ (fun v => v ^ n) _ _);
      [differentiate side | apply calculus.derivative_pow]
  | |- is_derive (fun u => semantics.power (@?f u) (@?g u)) _ _ =>
    lazymatch g with
    | (fun _ => ?b) => refine (calculus.derivative_outer f _ _ _ (fun v => semantics.power v b) _ _);
      [differentiate side | apply calculus.derivative_power_constant; side]
    | _ => refine (calculus.derivative_power f g _ _ _ _ _ _); [differentiate side | differentiate side | side]
    end
  | |- is_derive (fun u => exp (@?f u)) _ _ => refine (calculus.derivative_outer f _ _ _ exp _ _);
      [differentiate side | apply calculus.derivative_exp]
  | |- is_derive (fun u => ln (@?f u)) _ _ =>
    refine (calculus.derivative_outer f _ _ _ ln _ _);
      [differentiate side | apply calculus.derivative_log; side]
  | |- is_derive (fun u => sqrt (@?f u)) _ _ =>
    refine (calculus.derivative_outer f _ _ _ sqrt _ _);
      [differentiate side | apply calculus.derivative_sqrt; side]
  | |- is_derive (fun u => sin (@?f u)) _ _ => refine (calculus.derivative_outer f _ _ _ sin _ _);
      [differentiate side | apply calculus.derivative_sin]
  | |- is_derive (fun u => cos (@?f u)) _ _ => refine (calculus.derivative_outer f _ _ _ cos _ _);
      [differentiate side | apply calculus.derivative_cos]
  | |- is_derive (fun u => sinh (@?f u)) _ _ => refine (calculus.derivative_outer f _ _ _ sinh _ _);
      [differentiate side | apply calculus.derivative_sinh]
  | |- is_derive (fun u => cosh (@?f u)) _ _ => refine (calculus.derivative_outer f _ _ _ cosh _ _);
      [differentiate side | apply calculus.derivative_cosh]
  | |- is_derive (fun u => tanh (@?f u)) _ _ => refine (calculus.derivative_outer f _ _ _ tanh _ _);
      [differentiate side | apply calculus.derivative_tanh]
  | |- is_derive (fun u => atan (@?f u)) _ _ => refine (calculus.derivative_outer f _ _ _ atan _ _);
      [differentiate side | apply calculus.derivative_atan]
  | |- is_derive (fun u => erf (@?f u)) _ _ => refine (calculus.derivative_outer f _ _ _ erf _ _);
      [differentiate side | apply calculus.derivative_erf]
  | |- is_derive (fun u => normal_tail (@?f u)) _ _ =>
    refine (calculus.derivative_outer f _ _ _ normal_tail _ _);
      [differentiate side | apply calculus.derivative_normal_tail]
  | |- is_derive (fun u => _) _ _ => fail "no rule for this derivative"
  | |- is_derive ?f ?x ?d => change (is_derive (fun u : R => f u) x d); differentiate side
  end.

Lemma is_derive_value : forall (f : R -> R) x d e, is_derive f x d -> d = e -> is_derive f x e.
Proof. intros f x d e D <-. exact D. Qed.

(** Continuity, also where a root is not differentiable. *)
Ltac continuously side :=
  first
  [ solve [apply (ex_derive_continuous (V := R_NormedModule)); eexists; differentiate side]
  | lazymatch goal with
    | |- continuous (fun u => @?f u + @?g u) _ => apply (continuous_plus f g); continuously side
    | |- continuous (fun u => @?f u - @?g u) _ => apply (continuous_minus f g); continuously side
    | |- continuous (fun u => - @?f u) _ => apply (continuous_opp f); continuously side
    | |- continuous (fun u => @?f u * @?g u) _ => apply (continuous_mult f g); continuously side
    | |- continuous (fun u => @?f u / @?g u) _ =>
      apply (continuous_mult f (fun u => / g u)); [continuously side |];
      apply (continuous_comp g Rinv); [continuously side | apply continuous_Rinv; side]
    | |- continuous (fun u => sqrt (@?f u)) _ =>
      apply (continuous_comp f sqrt); [continuously side | apply calculus.continuous_sqrt; side]
    | |- continuous (fun u => exp (@?f u)) _ => apply (continuous_comp f exp); [continuously side | apply continuous_exp]
    | |- continuous (fun u => @?f u ^ ?n) _ =>
      apply (continuous_comp f (fun v => v ^ n));
      [continuously side | apply (ex_derive_continuous (V := R_NormedModule)); eexists; apply calculus.derivative_pow]
    end ].

(** * Bounds *)

Lemma holds_value : forall (bounded : R -> Prop) u v, v = u -> bounded u -> bounded v.
Proof. intros bounded u v -> B. exact B. Qed.

Lemma natural_by_floor : forall t, floor t = t -> 0 <= t -> natural t.
Proof. intros t F T. apply nonnegative_integer_natural; [rewrite <- F; apply integer_floor | exact T]. Qed.

Ltac same_relation H :=
  lazymatch goal with
  | |- ?a <= ?b => refine (holds_same AtMost _ _ _ _ H _ _); same
  | |- ?a < ?b => refine (holds_same Less _ _ _ _ H _ _); same
  | |- ?a = ?b => refine (holds_same Equal _ _ _ _ H _ _); same
  | |- ?a <> ?b => refine (holds_same Different _ _ _ _ H _ _); same
  end.
