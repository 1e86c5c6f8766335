package hallows.verify.tidy;

import com.sun.source.tree.BinaryTree;
import com.sun.source.tree.BreakTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.ContinueTree;
import com.sun.source.tree.IfTree;
import com.sun.source.tree.LambdaExpressionTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.TreeScanner;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// How hard a method is to follow: each break in the flow counts one, and one more for each it
/// stands in.
final class Cognitive extends TreeScanner<Void, Void> {
    private static final Set<Tree.Kind> BREAKS =
            EnumSet.of(
                    Tree.Kind.SWITCH,
                    Tree.Kind.SWITCH_EXPRESSION,
                    Tree.Kind.FOR_LOOP,
                    Tree.Kind.ENHANCED_FOR_LOOP,
                    Tree.Kind.WHILE_LOOP,
                    Tree.Kind.DO_WHILE_LOOP,
                    Tree.Kind.CATCH,
                    Tree.Kind.CONDITIONAL_EXPRESSION);

    private int effort;
    private int depth;
    private Tree.@Nullable Kind operator;

    private Cognitive() {}

    static int of(Tree body) {
        Cognitive cognitive = new Cognitive();
        cognitive.scan(body, null);
        return cognitive.effort;
    }

    @Override
    public Void scan(Tree tree, Void unused) {
        if (tree == null || !(BREAKS.contains(tree.getKind()) || isLambda(tree))) {
            return super.scan(tree, null);
        }
        effort += isLambda(tree) ? 0 : 1 + depth;
        depth++;
        super.scan(tree, null);
        depth--;
        return null;
    }

    private static boolean isLambda(Tree tree) {
        return tree instanceof LambdaExpressionTree;
    }

    @Override
    public Void visitClass(ClassTree measuredByItself, Void unused) {
        return null;
    }

    @Override
    public Void visitIf(IfTree choice, Void unused) {
        effort += 1 + depth;
        branches(choice);
        return null;
    }

    /// An `else` counts one wherever it stands, and so does an `else if`.
    private void branches(IfTree choice) {
        scan(choice.getCondition(), null);
        depth++;
        scan(choice.getThenStatement(), null);
        depth--;
        Tree otherwise = choice.getElseStatement();
        if (otherwise == null) {
            return;
        }
        effort++;
        if (otherwise instanceof IfTree next) {
            branches(next);
            return;
        }
        depth++;
        scan(otherwise, null);
        depth--;
    }

    /// A run of the same operator counts once.
    @Override
    public Void visitBinary(BinaryTree operation, Void unused) {
        Tree.Kind kind = operation.getKind();
        Tree.Kind outer = operator;
        boolean logical = kind == Tree.Kind.CONDITIONAL_AND || kind == Tree.Kind.CONDITIONAL_OR;
        if (logical && kind != outer) {
            effort++;
        }
        operator = logical ? kind : null;
        super.visitBinary(operation, null);
        operator = outer;
        return null;
    }

    @Override
    public Void visitBreak(BreakTree leave, Void unused) {
        effort += leave.getLabel() == null ? 0 : 1;
        return null;
    }

    @Override
    public Void visitContinue(ContinueTree again, Void unused) {
        effort += again.getLabel() == null ? 0 : 1;
        return null;
    }
}
