package hallows.verify;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/// The gates that run inside the build: each has a module under our POM that must not get through
/// it, and one module gets through all of them.
class GatesTest {
    private static final Map<String, String> MODULES =
            new TreeMap<>(
                    Map.of(
                            "format",
                            "class Sample { }\n",
                            "errorprone",
                            method("void forget()", "new IllegalStateException(\"not thrown\");"),
                            "lint",
                            method("String same(String text)", "return (String) text;"),
                            "nullaway",
                            method("String nothing()", "return null;"),
                            "fine",
                            """
                            sealed interface Sample {
                                record Circle(int radius, String color) implements Sample {}

                                record Square() implements Sample {}

                                /// The color, where there is one.
                                default String color() {
                                    return switch (this) {
                                        case Circle(_, String color) -> color;
                                        case Square _ -> "none";
                                    };
                                }
                            }
                            """));

    private static String method(String signature, String body) {
        return "class Sample {\n    " + signature + " {\n        " + body + "\n    }\n}\n";
    }

    @Test
    void eachGateStopsWhatItIsFor() throws IOException {
        Path directory = House.ROOT.resolve("verify/target/gates");
        for (var module : MODULES.entrySet()) {
            Path home = directory.resolve(module.getKey());
            write(home.resolve("pom.xml"), child(module.getKey()));
            String source = "package hallows.gates;\n\n" + module.getValue();
            write(home.resolve("src/main/java/hallows/gates/Sample.java"), source);
        }
        write(directory.resolve("pom.xml"), reactor());
        Finished maven = maven(directory);
        assertEquals(1, maven.code(), maven::output);
        assertAll(
                () -> maven.tells("The following files had format violations"),
                () -> maven.tells("[DeadException]"),
                () -> maven.tells("redundant cast to java.lang.String"),
                () -> maven.tells("warnings found and -Werror specified"),
                () -> maven.tells("[NullAway] returning @Nullable expression"),
                () -> assertEquals(List.of("fine"), verdicts(maven, "SUCCESS")),
                () -> assertEquals(MODULES.size() - 1, verdicts(maven, "FAILURE").size()));
    }

    private static Finished maven(Path directory) {
        var command =
                new ProcessBuilder("mvn", "-B", "-o", "-fae", "-Dstyle.color=never", "compile");
        command.directory(directory.toFile());
        command.environment().put("JAVA_HOME", System.getProperty("java.home"));
        return Finished.of(command);
    }

    /// The modules whose line in the summary ends so.
    private static List<String> verdicts(Finished maven, String verdict) {
        return Pattern.compile("(?m)^\\[INFO\\] gate-(\\w+) .*\\. " + verdict)
                .matcher(maven.output())
                .results()
                .map(line -> line.group(1))
                .toList();
    }

    private static String child(String name) {
        return """
        <project>
          <modelVersion>4.0.0</modelVersion>
          <parent>
            <groupId>io.hallows</groupId>
            <artifactId>hallows</artifactId>
            <version>%s</version>
            <relativePath>../../../../pom.xml</relativePath>
          </parent>
          <artifactId>gate-%s</artifactId>
        </project>
        """
                .formatted(House.version(), name);
    }

    private static String reactor() {
        String modules =
                MODULES.keySet().stream()
                        .map(name -> "<module>" + name + "</module>")
                        .collect(Collectors.joining());
        return "<project><modelVersion>4.0.0</modelVersion><groupId>io.hallows</groupId>"
                + "<artifactId>gates</artifactId><version>1</version><packaging>pom</packaging>"
                + "<modules>"
                + modules
                + "</modules></project>";
    }

    private static void write(Path file, String text) throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }
}
