package hallows.verify.tidy;

import com.sun.source.tree.CaseTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.ConstantCaseLabelTree;
import com.sun.source.tree.DefaultCaseLabelTree;
import com.sun.source.tree.IdentifierTree;
import com.sun.source.tree.SwitchExpressionTree;
import com.sun.source.tree.SwitchTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.TreeScanner;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/// How many ways lead through a method: one, and one more for each decision. A switch over a sealed
/// type or an enum decides once, as the compiler sees that no case is forgotten; so does a table.
final class Cyclomatic extends TreeScanner<Void, Void> {
    private static final Set<Tree.Kind> DECISIONS =
            EnumSet.of(
                    Tree.Kind.IF,
                    Tree.Kind.FOR_LOOP,
                    Tree.Kind.ENHANCED_FOR_LOOP,
                    Tree.Kind.WHILE_LOOP,
                    Tree.Kind.DO_WHILE_LOOP,
                    Tree.Kind.CATCH,
                    Tree.Kind.CONDITIONAL_EXPRESSION,
                    Tree.Kind.CONDITIONAL_AND,
                    Tree.Kind.CONDITIONAL_OR);

    private int ways = 1;

    private Cyclomatic() {}

    static int of(Tree body) {
        Cyclomatic cyclomatic = new Cyclomatic();
        cyclomatic.scan(body, null);
        return cyclomatic.ways;
    }

    @Override
    public Void scan(Tree tree, Void unused) {
        if (tree != null && DECISIONS.contains(tree.getKind())) {
            ways++;
        }
        return super.scan(tree, null);
    }

    @Override
    public Void visitClass(ClassTree measuredByItself, Void unused) {
        return null;
    }

    @Override
    public Void visitSwitch(SwitchTree choice, Void unused) {
        ways += ways(choice.getCases());
        return super.visitSwitch(choice, null);
    }

    @Override
    public Void visitSwitchExpression(SwitchExpressionTree choice, Void unused) {
        ways += Tables.isTable(choice) ? 1 : ways(choice.getCases());
        return super.visitSwitchExpression(choice, null);
    }

    private static int ways(List<? extends CaseTree> cases) {
        int guards = (int) cases.stream().filter(one -> one.getGuard() != null).count();
        boolean exhaustive = cases.stream().allMatch(Cyclomatic::namesAlternatives);
        return exhaustive
                ? 1 + guards
                : (int) cases.stream().filter(Cyclomatic::decides).count() + guards;
    }

    private static boolean decides(CaseTree one) {
        return one.getLabels().stream().noneMatch(label -> label instanceof DefaultCaseLabelTree);
    }

    /// A pattern, or an enum's constant, which alone has a name without a dot.
    private static boolean namesAlternatives(CaseTree one) {
        return one.getLabels().stream()
                .allMatch(label ->
                        switch (label) {
                            case DefaultCaseLabelTree _ -> false;
                            case ConstantCaseLabelTree constant ->
                                    isName(constant.getConstantExpression());
                            default -> true;
                        });
    }

    private static boolean isName(Tree constant) {
        return constant instanceof IdentifierTree || constant.getKind() == Tree.Kind.NULL_LITERAL;
    }
}
