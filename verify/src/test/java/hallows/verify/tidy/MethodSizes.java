package hallows.verify.tidy;

import com.sun.source.tree.BlockTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.TreePath;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// A method is one thought.
final class MethodSizes implements Rule {
    static final int LINES_MAX = 29;
    static final int CYCLOMATIC_MAX = 9;
    static final int COGNITIVE_MAX = 14;
    static final int NESTING_MAX = 3;
    static final int PARAMETERS_MAX = 4;

    @Override
    public Stream<Finding> check(List<Source> sources) {
        return sources.stream()
                .flatMap(source ->
                        Members.of(source).stream()
                                .flatMap(path -> measure(source, path).stream()));
    }

    private static List<Finding> measure(Source source, TreePath path) {
        return switch (path.getLeaf()) {
            case MethodTree method when method.getBody() == null ->
                    new Limits(source, path).parameters(method).findings;
            case MethodTree method ->
                    new Limits(source, path).parameters(method).body(method.getBody()).findings;
            case BlockTree block -> new Limits(source, path).body(block).findings;
            default -> List.of();
        };
    }

    private static final class Limits {
        private final Source source;
        private final TreePath path;
        private final List<Finding> findings = new ArrayList<>();

        Limits(Source source, TreePath path) {
            this.source = source;
            this.path = path;
        }

        Limits parameters(MethodTree method) {
            boolean free =
                    Members.isOverride(method)
                            || Members.isCanonical(method, path.getParentPath().getLeaf());
            if (!free) {
                limit("parameters", method.getParameters().size(), PARAMETERS_MAX);
            }
            return this;
        }

        Limits body(BlockTree body) {
            Tree whole = path.getLeaf();
            limit("method-lines", source.lines(whole) - Tables.lines(source, whole), LINES_MAX);
            limit("cyclomatic", Cyclomatic.of(body), CYCLOMATIC_MAX);
            limit("cognitive", Cognitive.of(body), COGNITIVE_MAX);
            limit("nesting", Nesting.of(body), NESTING_MAX);
            return this;
        }

        private void limit(String rule, long measured, int max) {
            if (measured > max) {
                String place = source.path() + "#" + Members.name(path);
                long line = source.firstLine(path.getLeaf());
                findings.add(
                        new Finding(
                                rule,
                                place,
                                measured + ", at most " + max + " (line " + line + ")"));
            }
        }
    }
}
