(** Integrals of continuous functions: antiderivatives, sums of intervals, linearity, monotony, bounds. *)

From Coq Require Import Reals Lra.
From Coquelicot Require Import Coquelicot.
From Boundproof Require Import semantics calculus.
Open Scope R_scope.

Definition continuous_between (f : R -> R) (a b : R) : Prop :=
  forall u, Rmin a b <= u <= Rmax a b -> continuous f u.

Lemma integrable : forall f a b, continuous_between f a b -> ex_RInt f a b.
Proof. intros f a b C. apply (ex_RInt_continuous (V := R_CompleteNormedModule)). exact C. Qed.

(** Upwards: the difference between an antiderivative and the integral up to u has the slope 0. The integrand is continued
    by constants, so that the integral is differentiable at the ends too. *)
Lemma antiderivative_upwards : forall (f F : R -> R) a b, a < b ->
  (forall u, a <= u <= b -> continuous f u) -> (forall u, a <= u <= b -> continuous F u) ->
  (forall u, a < u < b -> is_derive F u (f u)) -> RInt f a b = F b - F a.
Proof.
  intros f F a b Order C K D.
  destruct (C0_extension_le f a b C) as [g [G E]].
  assert (I : forall y z, ex_RInt g y z).
  { intros y z. apply (ex_RInt_continuous (V := R_CompleteNormedModule)). intros w _. apply G. }
  assert (S : forall u, is_derive (fun y => RInt g a y) u (g u)).
  { intro u. apply (is_derive_RInt g (fun y => RInt g a y) a u); [| apply G].
    apply filter_forall. intro z. apply (RInt_correct (V := R_CompleteNormedModule)). apply I. }
  replace (RInt f a b) with (RInt g a b).
  2: { apply RInt_ext. rewrite Rmin_left, Rmax_right by lra. intros u U. apply E. lra. }
  destruct (mean_value_inside (fun u => F u - RInt g a u) (fun u => f u - g u) a b Order) as [u [U V]].
  - intros u U. apply (continuous_minus (V := R_NormedModule) F); [now apply K |].
    apply ex_derive_continuous. exists (g u). apply S.
  - intros u U. apply (is_derive_minus (V := R_NormedModule) F); [now apply D | apply S].
  - simpl in V. rewrite (E u), RInt_point in V by lra. unfold zero in V; simpl in V. lra.
Qed.

Theorem antiderivative : forall (f F : R -> R) a b,
  continuous_between f a b -> continuous_between F a b ->
  (forall u, Rmin a b < u < Rmax a b -> is_derive F u (f u)) -> RInt f a b = F b - F a.
Proof.
  intros f F a b C K D. destruct (Rtotal_order a b) as [O | [-> | O]].
  - unfold continuous_between in *. rewrite Rmin_left, Rmax_right in * by lra. now apply antiderivative_upwards.
  - rewrite RInt_point. unfold zero; simpl. lra.
  - assert (I : ex_RInt f b a).
    { apply integrable. intros u U. apply C. now rewrite Rmin_comm, Rmax_comm. }
    rewrite <- (opp_RInt_swap (V := R_CompleteNormedModule) f b a I). unfold opp; simpl.
    unfold continuous_between in *. rewrite Rmin_right, Rmax_left in * by lra.
    rewrite (antiderivative_upwards f F b a); [lra | exact O | exact C | exact K | exact D].
Qed.

Theorem integral_additive : forall f a b c,
  continuous_between f a c -> continuous_between f c b -> RInt f a b = RInt f a c + RInt f c b.
Proof.
  intros f a b c L R. symmetry. apply (RInt_Chasles (V := R_CompleteNormedModule) f a c b); now apply integrable.
Qed.

Theorem integral_linear : forall p q (f g h : R -> R) a b,
  continuous_between f a b -> continuous_between g a b ->
  (forall u, Rmin a b <= u <= Rmax a b -> h u = p * f u + q * g u) ->
  RInt h a b = p * RInt f a b + q * RInt g a b.
Proof.
  intros p q f g h a b C D E. rewrite (RInt_ext h (fun u => plus (scal p (f u)) (scal q (g u)))).
  - assert (I := integrable f a b C). assert (J := integrable g a b D).
    rewrite (RInt_plus (V := R_CompleteNormedModule)) by now apply (ex_RInt_scal (V := R_CompleteNormedModule)).
    rewrite 2!(RInt_scal (V := R_CompleteNormedModule)) by assumption. reflexivity.
  - intros u U. rewrite E by lra. reflexivity.
Qed.

Theorem integral_monotone : forall c (f g : R -> R) a b, c = AtMost \/ c = Less -> holds c a b ->
  continuous_between f a b -> continuous_between g a b ->
  (forall u, a < u < b -> holds c (f u) (g u)) -> holds c (RInt f a b) (RInt g a b).
Proof.
  intros c f g a b K O C D S. assert (I := integrable f a b C). assert (J := integrable g a b D).
  destruct K as [-> | ->]; simpl in *.
  - now apply RInt_le.
  - apply RInt_lt; [exact O | | | exact S]; intros u U; [apply D | apply C]; rewrite Rmin_left, Rmax_right; lra.
Qed.

Theorem integral_bound : forall m (f : R -> R) a b, a <= b -> continuous_between f a b ->
  (forall u, a <= u <= b -> Rabs (f u) <= m) -> Rabs (RInt f a b) <= m * (b - a).
Proof.
  intros m f a b O C B. rewrite Rmult_comm. apply abs_RInt_le_const; [exact O | now apply integrable | exact B].
Qed.
