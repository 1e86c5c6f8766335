package hallows.verify.launcher;

import hallows.verify.Finished;
import hallows.verify.House;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// A machine with a checkout on it, as poor as a test wants it: only a few tools on the PATH, and
/// JDKs and a Maven that are scripts.
final class Machine {
    /// Says how it was called; ends with the code its last argument asks for, or at a signal with
    /// 42.
    private static final String JAVA =
            """
            #!/bin/sh
            echo "java $0 $*"
            for last in "$@"; do :; done
            case $last in
                code=*) exit "${last#code=}" ;;
                wait)
                    trap 'exit 42' TERM
                    echo ready
                    while :; do sleep 0.05; done
                    ;;
            esac
            """;

    /// Notes how it was called, does what the test has put into the file `maven` beside the
    /// checkout, and leaves a class path behind.
    private static final String MAVEN =
            """
            #!/bin/sh
            echo "$*" >>"@HOME@/maven.log"
            [ ! -e "@HOME@/maven" ] || . "@HOME@/maven"
            for module in server bench; do
                mkdir -p "@CHECKOUT@/$module/target/classes/hallows"
                printf '%s' "@CHECKOUT@/runtime/target/classes:@HOME@/some.jar" \\
                    >"@CHECKOUT@/$module/target/class-path"
            done
            mkdir -p "@CHECKOUT@/runtime/target/classes/hallows"
            """;

    private static final List<String> TOOLS =
            List.of(
                    "awk",
                    "basename",
                    "cat",
                    "cut",
                    "date",
                    "dirname",
                    "find",
                    "grep",
                    "head",
                    "kill",
                    "ln",
                    "mkdir",
                    "mv",
                    "readlink",
                    "rm",
                    "sed",
                    "sh",
                    "sleep",
                    "sort",
                    "tail",
                    "tr");

    private final Path home;
    private final Path checkout;
    private final Map<String, String> environment = new HashMap<>();

    /// A checkout whose path has a space, and the tools that every machine has.
    Machine(Path home) {
        this.home = home;
        this.checkout = home.resolve("check out");
        for (String file : List.of("hallows", "pom.xml", "jvm.flags", ".ci/stages")) {
            copy(file);
        }
        for (String module : House.modules()) {
            write("check out/" + module + "/pom.xml", "");
            write("check out/" + module + "/src/main/java/A.java", "");
        }
        write("check out/.mvn/jvm.config", "");
        write("some.jar", "");
        makeDirectory(home.resolve("jdks"));
        TOOLS.forEach(this::linkTool);
        environment.put("PATH", home.resolve("bin").toString());
        environment.put("HOME", home.toString());
        environment.put("HALLOWS_JDKS", home.resolve("jdks").toString());
    }

    /// One that lacks nothing.
    static Machine complete(Path home) {
        return new Machine(home).withJdk("jdks/jdk-25", "25.0.1").withMaven();
    }

    /// One with a tool that not every machine has.
    Machine withTool(String name) {
        linkTool(name);
        return this;
    }

    Machine withJdk(String directory, String version) {
        program(directory + "/bin/java", JAVA);
        program(directory + "/bin/javac", JAVA);
        write(directory + "/release", "IMPLEMENTOR=\"Us\"\nJAVA_VERSION=\"" + version + "\"\n");
        return this;
    }

    Machine withMaven() {
        program(
                "bin/mvn",
                MAVEN.replace("@HOME@", home.toString())
                        .replace("@CHECKOUT@", checkout.toString()));
        return this;
    }

    Machine with(String variable, String path) {
        environment.put(variable, home.resolve(path).toString());
        return this;
    }

    Path home() {
        return home;
    }

    Path checkout() {
        return checkout;
    }

    /// How Maven was called, call by call.
    List<String> mavenCalls() {
        Path log = home.resolve("maven.log");
        return Files.exists(log) ? House.text(log).lines().toList() : List.of();
    }

    /// Makes a file of the checkout younger than any build.
    void touch(String file) {
        try {
            FileTime soon = FileTime.from(Instant.now().plusSeconds(5));
            Files.setLastModifiedTime(checkout.resolve(file), soon);
        } catch (IOException untouchable) {
            throw new UncheckedIOException(untouchable);
        }
    }

    Finished run(String... arguments) {
        return Finished.of(command(checkout.resolve("hallows"), arguments));
    }

    /// The launcher under another name, called from elsewhere.
    ProcessBuilder command(Path launcher, String... arguments) {
        List<String> words = new ArrayList<>(List.of(launcher.toString()));
        words.addAll(List.of(arguments));
        ProcessBuilder command = new ProcessBuilder(words).directory(home.toFile());
        command.environment().clear();
        command.environment().putAll(environment);
        return command;
    }

    void program(String name, String text) {
        write(name, text);
        if (!home.resolve(name).toFile().setExecutable(true)) {
            throw new IllegalStateException("cannot make executable: " + name);
        }
    }

    void write(String name, String text) {
        try {
            makeDirectory(home.resolve(name).resolveSibling(""));
            Files.writeString(home.resolve(name), text);
        } catch (IOException unwritable) {
            throw new UncheckedIOException(unwritable);
        }
    }

    private static void makeDirectory(Path directory) {
        try {
            Files.createDirectories(directory);
        } catch (IOException unwritable) {
            throw new UncheckedIOException(unwritable);
        }
    }

    private void copy(String file) {
        program("check out/" + file, House.text(House.ROOT.resolve(file)));
    }

    private void linkTool(String name) {
        Path link = home.resolve("bin").resolve(name);
        makeDirectory(home.resolve("bin"));
        for (String place : List.of("/bin", "/usr/bin")) {
            Path tool = Path.of(place, name);
            if (Files.exists(tool) && !Files.exists(link)) {
                symlink(link, tool);
            }
        }
    }

    static void symlink(Path link, Path target) {
        try {
            Files.createSymbolicLink(link, target);
        } catch (IOException unwritable) {
            throw new UncheckedIOException(unwritable);
        }
    }
}
