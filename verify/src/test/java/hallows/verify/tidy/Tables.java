package hallows.verify.tidy;

import com.sun.source.tree.CaseTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.IdentifierTree;
import com.sun.source.tree.LiteralTree;
import com.sun.source.tree.MemberSelectTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.NewArrayTree;
import com.sun.source.tree.NewClassTree;
import com.sun.source.tree.SwitchExpressionTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.TreePath;
import com.sun.source.util.TreeScanner;
import java.util.List;

/// Tables: data in the form of code. Sizes leave them out, since a table is read by row.
final class Tables extends TreeScanner<Void, Void> {
    private static final int ROWS_MIN = 8;
    private static final List<String> LISTERS = List.of("of", "ofEntries", "asList");

    private final Source source;
    private long lines;

    private Tables(Source source) {
        this.source = source;
    }

    /// How many lines of a tree are rows of tables.
    static long lines(Source source, Tree tree) {
        Tables tables = new Tables(source);
        tables.scan(tree, null);
        return tables.lines;
    }

    @Override
    public Void scan(Tree tree, Void unused) {
        if (tree != null && isTable(tree)) {
            lines += source.lines(tree);
            return null;
        }
        return super.scan(tree, null);
    }

    @Override
    public Void visitClass(ClassTree type, Void unused) {
        TreePath path = new TreePath(new TreePath(source.unit()), type);
        List<? extends Tree> constants =
                type.getMembers().stream()
                        .filter(member -> Members.isEnumConstant(new TreePath(path, member)))
                        .toList();
        if (constants.size() >= ROWS_MIN) {
            lines +=
                    source.lastLine(constants.getLast())
                            - source.firstLine(constants.getFirst())
                            + 1;
        }
        return super.visitClass(type, null);
    }

    private static boolean isTable(Tree tree) {
        return switch (tree) {
            case NewArrayTree array -> isLong(array.getInitializers());
            case MethodInvocationTree call -> isLong(call.getArguments()) && isLister(call);
            case SwitchExpressionTree choice -> isTable(choice);
            default -> false;
        };
    }

    /// A switch that gives a plain value for each label.
    static boolean isTable(SwitchExpressionTree choice) {
        return isLong(choice.getCases()) && choice.getCases().stream().allMatch(Tables::isRow);
    }

    private static boolean isRow(CaseTree one) {
        return one.getBody() != null && one.getGuard() == null && isPlain(one.getBody());
    }

    private static boolean isPlain(Tree value) {
        return switch (value) {
            case LiteralTree _, IdentifierTree _, MemberSelectTree _ -> true;
            case NewClassTree made ->
                    made.getClassBody() == null
                            && made.getArguments().stream().allMatch(Tables::isPlain);
            default -> false;
        };
    }

    private static boolean isLister(MethodInvocationTree call) {
        return call.getMethodSelect() instanceof MemberSelectTree method
                && LISTERS.contains(method.getIdentifier().toString());
    }

    private static boolean isLong(List<?> rows) {
        return rows != null && rows.size() >= ROWS_MIN;
    }
}
