package hallows.verify.tidy;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.IfTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.TreeScanner;
import java.util.EnumSet;
import java.util.Set;

/// How deep the statements of a method stand in each other; a chain of `else if` is one step.
final class Nesting extends TreeScanner<Void, Void> {
    private static final Set<Tree.Kind> STEPS =
            EnumSet.of(
                    Tree.Kind.IF,
                    Tree.Kind.SWITCH,
                    Tree.Kind.SWITCH_EXPRESSION,
                    Tree.Kind.FOR_LOOP,
                    Tree.Kind.ENHANCED_FOR_LOOP,
                    Tree.Kind.WHILE_LOOP,
                    Tree.Kind.DO_WHILE_LOOP,
                    Tree.Kind.TRY,
                    Tree.Kind.SYNCHRONIZED);

    private int depth;
    private int deepest;

    private Nesting() {}

    static int of(Tree body) {
        Nesting nesting = new Nesting();
        nesting.scan(body, null);
        return nesting.deepest;
    }

    @Override
    public Void scan(Tree tree, Void unused) {
        if (tree == null || !STEPS.contains(tree.getKind())) {
            return super.scan(tree, null);
        }
        depth++;
        deepest = Math.max(deepest, depth);
        super.scan(tree, null);
        depth--;
        return null;
    }

    @Override
    public Void visitIf(IfTree choice, Void unused) {
        scan(choice.getCondition(), null);
        scan(choice.getThenStatement(), null);
        if (choice.getElseStatement() instanceof IfTree next) {
            return visitIf(next, null);
        }
        return scan(choice.getElseStatement(), null);
    }

    @Override
    public Void visitClass(ClassTree measuredByItself, Void unused) {
        return null;
    }
}
