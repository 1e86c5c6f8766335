package hallows.verify.tidy;

import java.util.List;
import java.util.stream.Stream;

/// Something that must hold for the sources.
@FunctionalInterface
interface Rule {
    /// Where it does not hold.
    Stream<Finding> check(List<Source> sources);

    /// All rules.
    List<Rule> ALL =
            List.of(
                    new FileSizes(),
                    new MethodSizes(),
                    new Documented(),
                    new Packages(),
                    new DeadFiles(),
                    new WrittenTwice());
}
