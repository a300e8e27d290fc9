(** Identities of polynomials with rational coefficients: [ring] on the reals, where a literal fraction is a coefficient and
    not an atom. Coefficients are kept in lowest terms. *)

From Coq Require Import Reals QArith Qreals ZArith Lra Ring Ring_theory RealField Rpow_def.
Close Scope Q_scope.
Open Scope R_scope.

(** * Coefficients *)

Definition add (a b : Q) : Q := Qred (Qplus a b).
Definition subtract (a b : Q) : Q := Qred (Qminus a b).
Definition multiply (a b : Q) : Q := Qred (Qmult a b).

(** What a coefficient denotes, in the form in which literals are written: [3], [/ 7], [3 * / 7]. *)
Definition value (q : Q) : R :=
  match q with
  | Qmake z 1 => IZR z
  | Qmake 1 p => / IZR (Zpos p)
  | Qmake z p => IZR z * / IZR (Zpos p)
  end.

Lemma value_Q2R : forall q, value q = Q2R q.
Proof.
  intros [z p]. unfold value, Q2R. simpl Qnum. simpl Qden.
  destruct p; [destruct z as [| [| |] |]; ring .. | rewrite Rinv_1; destruct z as [| [| |] |]; ring].
Qed.
Lemma Q2R_red : forall q, Q2R (Qred q) = Q2R q.
Proof. intro q. apply Qeq_eqR, Qred_correct. Qed.

Lemma coefficients : ring_morph (R := R) 0 1 Rplus Rmult Rminus Ropp eq 0%Q 1%Q add multiply subtract Qopp Qeq_bool value.
Proof.
  constructor; unfold add, subtract, multiply; intros; rewrite ?value_Q2R, ?Q2R_red.
  - unfold Q2R; simpl; field.
  - unfold Q2R; simpl; field.
  - apply Q2R_plus. - apply Q2R_minus. - apply Q2R_mult. - apply Q2R_opp.
  - apply Qeq_eqR. now apply Qeq_bool_iff.
Qed.

(** The literals that are coefficients. *)
Ltac literal t :=
  lazymatch t with
  | IZR ?z => lazymatch isZcst z with true => constr:(Qmake z 1%positive) | _ => constr:(InitialRing.NotConstant) end
  | / IZR (Zpos ?p) => lazymatch isPcst p with true => constr:(Qmake 1%Z p) | _ => constr:(InitialRing.NotConstant) end
  | _ => constr:(InitialRing.NotConstant)
  end.

Lemma real_ring : ring_theory 0 1 Rplus Rmult Rminus Ropp (@eq R).
Proof. exact (Field_theory.F_R Rfield). Qed.
Add Ring rational_ring : real_ring
  (morphism coefficients, constants [literal], preprocess [unfold Rdiv], power_tac R_power_theory [Rpow_tac]).
