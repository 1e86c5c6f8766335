package hallows.verify.launcher;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hallows.server.Main;
import hallows.verify.Finished;
import hallows.verify.House;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine.Command;

class LauncherTest {
    private static final int CANNOT_START = 69;

    @TempDir private Path home = Path.of("unset");

    private static void assertRefusal(Finished finished, String sentence) {
        assertEquals(CANNOT_START, finished.code(), finished::output);
        finished.tells(sentence);
        assertEquals(1, finished.output().lines().count(), finished::output);
    }

    @Test
    void withoutAJdkOneSentenceNamesTheRemedy() {
        assertRefusal(new Machine(home).withMaven().run("miniature"), "no JDK 25; install one");
    }

    @Test
    void olderJdkIsNone() {
        Machine machine = new Machine(home).withMaven().withJdk("jdks/jdk-21", "21.0.2");
        assertRefusal(machine.run("miniature"), "no JDK 25; install one");
    }

    @Test
    void withoutMavenOneSentenceNamesTheRemedy() {
        Machine machine = new Machine(home).withJdk("jdks/jdk-25", "25.0.1");
        assertRefusal(machine.run("miniature"), "no mvn on the PATH; install Maven");
    }

    @Test
    void withoutPermissionToWriteOneSentenceNamesTheRemedy() {
        Machine machine = Machine.complete(home);
        machine.write("check out/target", "a file, in the place of the directory");
        assertRefusal(machine.run("miniature"), "make the checkout writable");
    }

    /// A directory in the place of the file that is tried: nobody may write there, not even root.
    @Test
    void targetOfAnotherUserIsToldToo() {
        Machine machine = Machine.complete(home);
        machine.write("check out/target/.writable/taken", "");
        assertRefusal(machine.run("miniature"), "make the checkout writable");
    }

    @Test
    void unknownCommandIsRefusedBeforeAnythingIsBuilt() {
        Machine machine = Machine.complete(home);
        Finished refused = machine.run("frob");
        assertEquals(2, refused.code());
        refused.tells("there is no command 'frob'");
        assertEquals(List.of(), machine.mavenCalls());
    }

    @Test
    void olderDefaultJavaIsPassedOverFor25() {
        Machine machine =
                Machine.complete(home).withJdk("jdks/jdk-26", "26").with("JAVA_HOME", "old");
        machine.withJdk("old", "17.0.15");
        Machine.symlink(home.resolve("bin/java"), home.resolve("old/bin/java"));
        machine.run("miniature").tells("java " + home + "/jdks/jdk-25/bin/java");
    }

    @Test
    void javaHomeGoesBeforeThePathAndThePathBeforeTheUsualPlaces() {
        Machine machine = Machine.complete(home).withJdk("mine", "25").withJdk("default", "25-ea");
        Machine.symlink(home.resolve("bin/java"), home.resolve("default/bin/java"));
        machine.run("miniature").tells("java " + home + "/default/bin/java");
        machine.with("JAVA_HOME", "mine").run("miniature").tells("java " + home + "/mine/bin/java");
    }

    @Test
    void programGetsTheFlagsItsClassPathAndItsArguments() {
        Finished finished = Machine.complete(home).run("miniature", "--port", "two words");
        String checkout = home + "/check out";
        finished.tells("@" + checkout + "/jvm.flags -cp " + checkout + "/server/target/classes:");
        finished.tells(home + "/some.jar hallows.server.Main miniature --port two words");
        Machine.complete(home).run("bench", "runtime").tells("hallows.bench.Bench runtime");
    }

    @Test
    void symlinkFromAnywhereLeadsToTheCheckout() {
        Machine machine = Machine.complete(home);
        Machine.symlink(home.resolve("first"), Path.of("check out/hallows"));
        Machine.symlink(home.resolve("second link"), home.resolve("first"));
        Finished finished = Finished.of(machine.command(home.resolve("second link"), "miniature"));
        assertEquals(0, finished.code(), finished::output);
        finished.tells("hallows.server.Main miniature");
    }

    @Test
    void exitCodeIsTheProgramsOwn() {
        assertEquals(7, Machine.complete(home).run("miniature", "code=7").code());
    }

    @Test
    void signalGoesToTheProgramItself() throws IOException, InterruptedException {
        Machine machine = Machine.complete(home);
        Process process =
                machine.command(machine.checkout().resolve("hallows"), "miniature", "wait").start();
        try (var output = process.inputReader()) {
            assertTrue(output.lines().anyMatch("ready"::equals));
            process.destroy();
            assertEquals(42, process.waitFor());
        }
    }

    @Test
    void signalDuringTheBuildEndsTheBuild() throws IOException, InterruptedException {
        Machine machine = Machine.complete(home);
        Path ended = home.resolve("ended");
        machine.program(
                "maven",
                "trap 'echo $? >\""
                        + ended
                        + "\"; exit 1' TERM; >\""
                        + home
                        + "/begun\"\n"
                        + "while :; do sleep 0.05; done\n");
        Process process =
                machine.command(machine.checkout().resolve("hallows"), "miniature").start();
        awaitFile(home.resolve("begun"));
        process.destroy();
        assertEquals(143, process.waitFor());
        awaitFile(ended);
        try (Stream<Path> left = Files.list(machine.checkout().resolve("target"))) {
            assertEquals(
                    List.of(),
                    left.map(file -> file.getFileName().toString())
                            .filter(name -> name.startsWith("built-"))
                            .toList());
        }
    }

    private static void awaitFile(Path file) {
        long deadlineNanos = System.nanoTime() + 20_000_000_000L;
        while (!Files.exists(file)) {
            assertTrue(System.nanoTime() - deadlineNanos < 0, () -> "never came: " + file);
            Thread.onSpinWait();
        }
    }

    @Test
    void onlyWhatIsStaleIsBuilt() throws IOException {
        Machine machine = Machine.complete(home);
        machine.run("miniature").tells("building server");
        assertFalse(machine.run("miniature").output().contains("building"));
        machine.touch("bench/src/main/java/A.java");
        machine.run("miniature");
        assertEquals(1, machine.mavenCalls().size(), "a benchmark is no part of the server");
        machine.touch("runtime/src/main/java/A.java");
        machine.run("miniature").tells("building server");
        Files.delete(home.resolve("some.jar"));
        machine.run("miniature").tells("building server");
    }

    @Test
    void cleanedModuleIsBuiltAgain() throws IOException {
        Machine machine = Machine.complete(home);
        machine.run("miniature").tells("building server");
        for (String cleaned : List.of("runtime", "server")) {
            Files.delete(machine.checkout().resolve(cleaned + "/target/classes/hallows"));
            machine.run("miniature").tells("building server");
            assertFalse(machine.run("miniature").output().contains("building"));
        }
    }

    @Test
    void failedBuildShowsItsErrorsAndNoAdvice() {
        Machine machine = Machine.complete(home);
        machine.program(
                "maven",
                "printf '[INFO] chatter\\n[ERROR] A.java:[1,2] bad -> [Help 1]\\n[ERROR] \\n"
                        + "[ERROR] Re-run Maven\\n[WARNING] B.java:[3,4] worse\\n'; exit 1\n");
        Finished finished = machine.run("miniature");
        assertEquals(CANNOT_START, finished.code());
        assertEquals(
                List.of(
                        "building server ...",
                        "[ERROR] A.java:[1,2] bad",
                        "[WARNING] B.java:[3,4] worse",
                        "the whole log: " + machine.checkout() + "/target/build.log",
                        "hallows: server does not build; the errors are above."),
                finished.output().lines().toList());
        assertEquals(CANNOT_START, machine.run("miniature").code(), "it is still not built");
    }

    @Test
    void helpAndVersionNeedNothing() {
        Machine machine = new Machine(home);
        Finished help = machine.run("--help");
        assertEquals(0, help.code());
        for (Class<?> command : Main.class.getAnnotation(Command.class).subcommands()) {
            help.tells("\n  " + command.getAnnotation(Command.class).name() + " ");
        }
        assertEquals(
                new Finished(0, "hallows " + House.version() + "\n"), machine.run("--version"));
        assertEquals(2, machine.run().code());
        assertEquals(
                new Finished(0, "Usage: ./hallows replay TEST SEED\n"),
                machine.run("replay", "--help"));
    }
}
