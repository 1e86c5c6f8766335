package hallows.verify.tidy;

import com.sun.source.tree.BlockTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.util.TreePath;
import java.util.List;
import java.util.stream.Stream;

/// Everything public in main code says in `///` what it is for. An override inherits its document.
final class Documented implements Rule {
    @Override
    public Stream<Finding> check(List<Source> sources) {
        return Stream.concat(
                sources.stream().filter(Source::isMain).flatMap(Documented::bare),
                sources.stream().flatMap(Documented::oldStyle));
    }

    private static Stream<Finding> bare(Source source) {
        return Members.of(source).stream()
                .filter(Documented::needsDocument)
                .filter(path -> !source.isDocumented(path))
                .map(path -> finding(source, "#" + Members.name(path), "public and without ///"));
    }

    private static boolean needsDocument(TreePath path) {
        return switch (path.getLeaf()) {
            case BlockTree _ -> false;
            case MethodTree method when Members.isOverride(method) -> false;
            default -> !Members.isEnumConstant(path) && Members.isPublic(path);
        };
    }

    private static Stream<Finding> oldStyle(Source source) {
        return source.text()
                .lines()
                .filter(line -> line.strip().startsWith("/**"))
                .limit(1)
                .map(_ -> finding(source, "", "documents are written with ///"));
    }

    private static Finding finding(Source source, String member, String what) {
        return new Finding("documented", source.path() + member, what);
    }
}
