package hallows.verify.launcher;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import hallows.verify.Finished;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `./hallows start`, whose classes are kept linked by a rehearsal.
class QuickStartTest {
    private static final String PREPARING = "preparing a quick start";

    @TempDir private Path home = Path.of("unset");

    /// A machine where rehearsals succeed: jars come to be, and what java is to keep.
    private Machine rehearsing() {
        Machine machine = Machine.complete(home);
        machine.program("jdks/jdk-25/bin/jar", "#!/bin/sh\n>\"$4\"\n");
        machine.program(
                "jdks/jdk-25/bin/java",
                """
                #!/bin/sh
                echo "java $*"
                case $2 in
                    -XX:AOTCacheOutput=*) : >"${2#*=}" ;;
                esac
                """);
        return machine;
    }

    private static void assertUnprepared(Finished started) {
        assertEquals(0, started.code(), started::output);
        started.tells("hallows: starts will take longer; ");
        started.tells("target/prepare.log says why.");
        started.tells("/server/target/classes:");
        started.tells("hallows.server.Main start --data here");
    }

    @Test
    void aRehearsalIsHeldOnceAndItsClassesAreUsed() {
        Machine machine = rehearsing();
        Finished first = machine.run("start", "--data", "two words");
        assertEquals(0, first.code(), first::output);
        first.tells(PREPARING);
        String ready = machine.checkout() + "/target/start";
        first.tells(
                "-XX:AOTCache=" + ready + "/classes.aot -cp " + ready + "/lib/hallows-server.jar:");
        first.tells(home + "/some.jar hallows.server.Main start --data two words");
        Finished second = machine.run("start");
        second.tells("-XX:AOTCache=");
        assertFalse(second.output().contains(PREPARING), second::output);
    }

    @Test
    void whatWasBuiltAnewIsRehearsedAnew() {
        Machine machine = rehearsing();
        machine.run("start").tells(PREPARING);
        machine.touch("runtime/src/main/java/A.java");
        machine.run("start").tells(PREPARING);
    }

    @Test
    void otherCommandsUseWhatIsThereAndPrepareNothing() {
        Machine machine = rehearsing();
        Finished before = machine.run("topic", "list");
        before.tells("/server/target/classes:");
        assertFalse(before.output().contains(PREPARING), before::output);
        machine.run("start").tells(PREPARING);
        machine.run("topic", "list").tells("-XX:AOTCache=");
    }

    @Test
    void helpComesFromTheProgram() {
        Finished help = rehearsing().run("start", "--help");
        assertEquals(0, help.code(), help::output);
        help.tells("hallows.server.Main start --help");
    }

    /// This JDK has no `jar`.
    @Test
    void aRehearsalThatFailsIsToldAndNothingElseFails() {
        assertUnprepared(Machine.complete(home).run("start", "--data", "here"));
    }

    /// A directory in the place of the log: nobody may write there, not even root.
    @Test
    void whereNothingCanBeKeptTheNodeStartsToo() throws IOException {
        Machine machine = rehearsing();
        Files.createDirectories(machine.checkout().resolve("target/prepare.log"));
        assertUnprepared(machine.run("start", "--data", "here"));
    }

    @Test
    void exitCodeIsTheNodes() {
        assertEquals(7, Machine.complete(home).run("start", "code=7").code());
    }
}
