package hallows.verify.tidy;

import static java.util.stream.Collectors.toMap;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.IdentifierTree;
import com.sun.source.tree.MemberSelectTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.TreeScanner;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/// A file that no other file names is dead, unless something outside starts it: the JVM, a test
/// runner, the command line, a benchmark harness.
final class DeadFiles implements Rule {
    private static final List<String> STARTERS =
            List.of(
                    "Test",
                    "ParameterizedTest",
                    "RepeatedTest",
                    "TestFactory",
                    "JCStressTest",
                    "Benchmark",
                    "Command");

    @Override
    public Stream<Finding> check(List<Source> sources) {
        Map<String, Set<String>> named = sources.stream().collect(toMap(Source::path, Names::in));
        return sources.stream()
                .filter(source -> !source.isPackageInfo() && !isStarted(source))
                .filter(source -> isDead(source, named))
                .map(source -> new Finding("dead", source.path(), "no other file names it"));
    }

    private static boolean isDead(Source source, Map<String, Set<String>> named) {
        return source.unit().getTypeDecls().stream()
                .filter(type -> type instanceof ClassTree)
                .map(type -> ((ClassTree) type).getSimpleName().toString())
                .noneMatch(name ->
                        named.entrySet().stream()
                                .filter(other -> !other.getKey().equals(source.path()))
                                .anyMatch(other -> other.getValue().contains(name)));
    }

    private static boolean isStarted(Source source) {
        return Members.of(source).stream()
                .anyMatch(path ->
                        switch (path.getLeaf()) {
                            case ClassTree type ->
                                    Members.hasAnnotation(type.getModifiers(), STARTERS);
                            case MethodTree method ->
                                    method.getName().contentEquals("main")
                                            || Members.hasAnnotation(
                                                    method.getModifiers(), STARTERS);
                            default -> false;
                        });
    }

    private static final class Names extends TreeScanner<Void, Set<String>> {
        static Set<String> in(Source source) {
            Set<String> names = new HashSet<>();
            new Names().scan((Tree) source.unit(), names);
            return names;
        }

        @Override
        public Void visitIdentifier(IdentifierTree name, Set<String> names) {
            names.add(name.getName().toString());
            return null;
        }

        @Override
        public Void visitMemberSelect(MemberSelectTree select, Set<String> names) {
            names.add(select.getIdentifier().toString());
            return super.visitMemberSelect(select, names);
        }
    }
}
