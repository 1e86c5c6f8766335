package hallows.verify.tidy;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// A package of main code says what it is, and that nothing in it is null unless it says so.
final class Packages implements Rule {
    @Override
    public Stream<Finding> check(List<Source> sources) {
        Set<String> described =
                sources.stream()
                        .filter(Source::isPackageInfo)
                        .filter(Packages::isComplete)
                        .map(Source::directory)
                        .collect(Collectors.toSet());
        return sources.stream()
                .filter(Source::isMain)
                .map(Source::directory)
                .distinct()
                .filter(directory -> !described.contains(directory))
                .map(directory ->
                        new Finding(
                                "package",
                                directory,
                                "needs a package-info.java with /// and @NullMarked"));
    }

    private static boolean isComplete(Source info) {
        return info.text().startsWith("///") && info.text().contains("\n@NullMarked\n");
    }
}
