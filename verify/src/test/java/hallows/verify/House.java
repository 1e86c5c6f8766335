package hallows.verify;

import hallows.runtime.Check;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// The checkout that is verified.
public final class House {
    private static final Pattern MODULE = Pattern.compile("<module>(.+?)</module>");

    private static final Pattern VERSION = Pattern.compile("<version>(.+?)</version>");

    /// Its directory: the nearest one upward with the launcher in it.
    public static final Path ROOT = root(Path.of("").toAbsolutePath());

    private House() {}

    private static Path root(Path from) {
        Path at = from;
        while (!Files.exists(at.resolve("hallows")) || !Files.exists(at.resolve("pom.xml"))) {
            Path above = at.getParent();
            if (above == null) {
                throw new IllegalStateException("no checkout at or above " + from);
            }
            at = above;
        }
        return at;
    }

    /// The modules, in the order of the POM.
    public static List<String> modules() {
        return MODULE.matcher(text(ROOT.resolve("pom.xml")))
                .results()
                .map(match -> match.group(1))
                .toList();
    }

    /// The version of all modules.
    public static String version() {
        Matcher version = VERSION.matcher(text(ROOT.resolve("pom.xml")));
        Check.that(version.find(), "the POM has a version");
        return version.group(1);
    }

    /// The Java files of all modules.
    public static List<Path> javaFiles() {
        return modules().stream()
                .flatMap(module -> below(ROOT.resolve(module).resolve("src")))
                .filter(file -> file.toString().endsWith(".java"))
                .toList();
    }

    /// The files below a directory, sorted; none when it is missing.
    public static Stream<Path> below(Path directory) {
        if (!Files.isDirectory(directory)) {
            return Stream.empty();
        }
        try (Stream<Path> paths = Files.walk(directory)) {
            return paths.filter(Files::isRegularFile).sorted().toList().stream();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /// What a file says.
    public static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
