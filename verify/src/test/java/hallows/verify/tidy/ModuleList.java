package hallows.verify.tidy;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// The drawing of the house shows the modules that are built: the rows of ARCHITECTURE.md's table.
final class ModuleList {
    private static final Pattern ROW = Pattern.compile("(?m)^\\| `(\\w+)` \\|");

    private ModuleList() {}

    static Stream<Finding> check(String architecture, List<String> built) {
        List<String> drawn =
                ROW.matcher(architecture).results().map(row -> row.group(1)).sorted().toList();
        return drawn.equals(built.stream().sorted().toList())
                ? Stream.empty()
                : Stream.of(
                        new Finding(
                                "modules",
                                "ARCHITECTURE.md",
                                "lists " + drawn + ", but the POM builds " + built));
    }
}
