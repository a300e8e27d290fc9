(** The ladder: from a value and a slope to an inequality on a half-line; and the table of derivatives. *)

From Coq Require Import Reals Lra Lia.
From Coquelicot Require Import Coquelicot.
From Boundproof Require Import semantics.
Open Scope R_scope.

(** The mean value theorem with the point inside. *)
Lemma mean_value_inside : forall (f f' : R -> R) a b, a < b ->
  (forall u, a <= u <= b -> continuous f u) -> (forall u, a < u < b -> is_derive f u (f' u)) ->
  exists u, a < u < b /\ f b - f a = f' u * (b - a).
Proof.
  intros f f' a b Order Continuous Derivative.
  assert (D : forall u, a < u < b -> derivable_pt f u).
  { intros u U. exists (f' u). apply is_derive_Reals. now apply Derivative. }
  assert (I : forall u, a < u < b -> derivable_pt id u) by (intros; apply derivable_pt_id).
  destruct (MVT f id a b D I Order) as [u [U E]].
  - intros u U. apply continuity_pt_filterlim. now apply Continuous.
  - intros u _. apply derivable_continuous_pt, derivable_pt_id.
  - exists u. split; [exact U |]. rewrite (derive_pt_eq_0 _ _ _ (I u U) (derivable_pt_lim_id u)) in E.
    assert (V : derive_pt f u (D u U) = f' u).
    { apply derive_pt_eq_0. apply is_derive_Reals. now apply Derivative. }
    rewrite V in E. unfold id in E. lra.
Qed.

(** Upwards from [a <= x], or downwards from [x <= a]. *)
Theorem ladder : forall c (left right slope : R -> R) a x,
  c = AtMost \/ c = Less ->
  let f u := right u - left u in
  (a <= x /\
   (forall u, a <= u <= x -> continuous f u) /\ (forall u, a < u < x -> is_derive f u (slope u)) /\
   (forall u, a < u < x -> 0 <= slope u) \/
   x <= a /\
   (forall u, x <= u <= a -> continuous f u) /\ (forall u, x < u < a -> is_derive f u (slope u)) /\
   (forall u, x < u < a -> slope u <= 0)) ->
  holds c (left a) (right a) -> holds c (left x) (right x).
Proof.
  intros c left right slope a x C f H Base. assert (R : f a <= f x).
  - destruct H as [[O [K [D S]]] | [O [K [D S]]]].
    + destruct O as [O | ->]; [| apply Rle_refl].
      destruct (mean_value_inside f slope a x O K D) as [u [U E]].
      assert (0 <= slope u * (x - a)) by (apply Rmult_le_pos; [now apply S | lra]). lra.
    + destruct O as [O | ->]; [| apply Rle_refl].
      destruct (mean_value_inside f slope x a O K D) as [u [U E]].
      assert (slope u * (a - x) <= 0 * (a - x)) by (apply Rmult_le_compat_r; [lra | now apply S]). lra.
  - unfold f in R. destruct C as [-> | ->]; simpl in *; lra.
Qed.

(** * The derivatives that [ladder] and [split] use, each where its condition holds *)

Section Derivatives.
  Variables (f g : R -> R) (x f' g' : R).
  Hypothesis F : is_derive f x f'.
  Hypothesis G : is_derive g x g'.

  Lemma derivative_negate : is_derive (fun u => - f u) x (- f').
  Proof. now apply (is_derive_opp f). Qed.
  Lemma derivative_add : is_derive (fun u => f u + g u) x (f' + g').
  Proof. now apply (is_derive_plus f g). Qed.
  Lemma derivative_subtract : is_derive (fun u => f u - g u) x (f' - g').
  Proof. now apply (is_derive_minus f g). Qed.
  Lemma derivative_multiply : is_derive (fun u => f u * g u) x (f' * g x + f x * g').
  Proof. now apply (is_derive_mult f g); [| | intros; apply Rmult_comm]. Qed.
  Lemma derivative_divide_constant : forall b, is_derive (fun u => f u / b) x (f' / b).
  Proof.
    intro b. unfold Rdiv. rewrite (Rmult_comm f'). apply (is_derive_ext (fun u => / b * f u)).
    - intro. apply Rmult_comm.
    - now apply (is_derive_scal f).
  Qed.
  Lemma derivative_divide : g x <> 0 -> is_derive (fun u => f u / g u) x ((f' * g x - f x * g') / g x ^ 2).
  Proof. intro N. now apply is_derive_div. Qed.

  Lemma derivative_outer : forall h h', is_derive h (f x) h' -> is_derive (fun u => h (f u)) x (h' * f').
  Proof. intros h h' H. rewrite Rmult_comm. now apply (is_derive_comp h f). Qed.
End Derivatives.

Lemma derivative_exp : forall u, is_derive exp u (exp u).
Proof. exact is_derive_exp. Qed.
Lemma derivative_log : forall u, 0 < u -> is_derive ln u (1 / u).
Proof. intros u U. auto_derive; [exact U | lra]. Qed.
Lemma derivative_sqrt : forall u, 0 < u -> is_derive sqrt u (1 / (2 * sqrt u)).
Proof. intros u U. auto_derive; [exact U | reflexivity]. Qed.
Lemma derivative_sin : forall u, is_derive sin u (cos u).
Proof. exact is_derive_sin. Qed.
Lemma derivative_cos : forall u, is_derive cos u (- sin u).
Proof. exact is_derive_cos. Qed.
Lemma derivative_sinh : forall u, is_derive sinh u (cosh u).
Proof. intro u. unfold sinh. auto_derive; [trivial | unfold cosh; field]. Qed.
Lemma derivative_cosh : forall u, is_derive cosh u (sinh u).
Proof. intro u. unfold cosh. auto_derive; [trivial | unfold sinh; field]. Qed.
Lemma derivative_tanh : forall u, is_derive tanh u (1 - tanh u ^ 2).
Proof.
  intro u. unfold tanh, sinh, cosh. assert (H := exp_pos u). assert (K := exp_pos (- u)).
  auto_derive; [lra | field; lra].
Qed.
Lemma derivative_atan : forall u, is_derive atan u (1 / (1 + u ^ 2)).
Proof. intro u. apply is_derive_Reals. replace (1 / (1 + u ^ 2)) with (/ (1 + u ^ 2)) by lra. apply derivable_pt_lim_atan. Qed.
Lemma derivative_erf : forall u, is_derive erf u (2 / sqrt PI * exp (- u ^ 2)).
Proof. exact is_derive_erf. Qed.
Lemma derivative_normal_tail : forall u,
  is_derive normal_tail u (- (exp (- (u ^ 2 / 2)) / sqrt (2 * PI))).
Proof.
  intro u. unfold normal_tail.
  assert (S : 0 < sqrt 2) by (apply sqrt_lt_R0; lra). assert (P := PI_RGT_0).
  assert (Q : 0 < sqrt PI) by now apply sqrt_lt_R0.
  assert (E := derivative_outer (fun t => t / sqrt 2) u (1 / sqrt 2)
                 (derivative_divide_constant id u 1 (is_derive_id u) (sqrt 2)) erf _ (is_derive_erf (u / sqrt 2))).
  assert (D := derivative_divide_constant _ u _
                 (derivative_subtract _ _ u 0 _ (is_derive_const 1 u) E) 2).
  replace (- (exp (- (u ^ 2 / 2)) / sqrt (2 * PI)))
    with ((0 - 2 / sqrt PI * exp (- (u / sqrt 2) ^ 2) * (1 / sqrt 2)) / 2); [exact D |].
  replace ((u / sqrt 2) ^ 2) with (u ^ 2 / 2).
  - rewrite sqrt_mult by lra. field. lra.
  - unfold Rdiv. rewrite Rpow_mult_distr, pow_inv, pow2_sqrt by lra. reflexivity.
Qed.

(** Powers: an exponent that is an integer literal, any other exponent without the variable, and one with it. *)
Lemma derivative_pow : forall u n, is_derive (fun u => u ^ n) u (INR n * u ^ pred n).
Proof. intros u n. auto_derive; [trivial | ring]. Qed.
Lemma derivative_pow_negative : forall u n, u <> 0 -> is_derive (fun u => / (u ^ n)) u (- INR n * / (u ^ S n)).
Proof.
  intros u n U. assert (N := pow_nonzero u n U). auto_derive; [exact N |].
  destruct n as [| n]; [simpl; field; exact U |]. simpl pred. simpl pow. assert (M := pow_nonzero u n U). field. lra.
Qed.

Lemma positive_near : forall u : R, 0 < u -> locally u (fun t => 0 < t).
Proof. intros u U. exact (open_gt 0 u U). Qed.

Lemma derivative_power_constant : forall u b, 0 < u -> is_derive (fun u => power u b) u (b * power u (b - 1)).
Proof.
  intros u b U. apply (is_derive_ext_loc (fun t => exp (b * ln t))).
  - apply (filter_imp (fun t => 0 < t)); [| now apply positive_near]. intros t T. now rewrite power_of_positive.
  - auto_derive; [exact U |]. rewrite power_of_positive by exact U.
    replace ((b - 1) * ln u) with (b * ln u + - ln u) by ring. rewrite exp_plus, exp_Ropp, exp_ln by exact U.
    field. lra.
Qed.

Lemma derivative_power : forall (f g : R -> R) x f' g',
  is_derive f x f' -> is_derive g x g' -> 0 < f x ->
  is_derive (fun u => power (f u) (g u)) x (power (f x) (g x) * (g' * ln (f x) + g x * (f' / f x))).
Proof.
  intros f g x f' g' F G P. apply (is_derive_ext_loc (fun t => exp (g t * ln (f t)))).
  - assert (K : continuous f x) by (apply (ex_derive_continuous f); now exists f').
    assert (L : locally x (fun t => 0 < f t)) by (apply (K (fun y => 0 < y)); now apply positive_near).
    revert L. apply filter_imp. intros t T. now rewrite power_of_positive.
  - rewrite power_of_positive by exact P.
    assert (L := derivative_outer f x f' F ln _ (derivative_log (f x) P)).
    assert (M := derivative_multiply g _ x g' _ G L).
    assert (E := derivative_outer _ x _ M exp _ (is_derive_exp _)). cbv beta in E.
    replace (g' * ln (f x) + g x * (f' / f x)) with (g' * ln (f x) + g x * (1 / f x * f')) by (field; lra).
    exact E.
Qed.

(** What is continuous without being differentiable: roots at 0. *)
Lemma continuous_sqrt : forall u, 0 <= u -> continuous sqrt u.
Proof. intros u U. apply continuity_pt_filterlim. now apply continuity_pt_sqrt. Qed.
