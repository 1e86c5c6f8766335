package hallows.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hallows.runtime.Endpoint;
import hallows.runtime.Result;
import hallows.runtime.os.OsOptions;
import hallows.runtime.os.OsWorld;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

final class StartSettingsTest {
    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path directory;

    private static Result<StartSettings> said(String... arguments) {
        StartOptions options = new StartOptions();
        new CommandLine(CommandLine.Model.CommandSpec.create().addMixin("start", commands(options)))
                .parseArgs(arguments);
        try (OsWorld world = new OsWorld(OsOptions.standard())) {
            return options.settings(world.disk(), Set.of("num.io.threads"));
        }
    }

    private static CommandLine.Model.CommandSpec commands(StartOptions options) {
        return CommandLine.Model.CommandSpec.forAnnotatedObject(options);
    }

    private static StartSettings settings(String... arguments) {
        return said(arguments).orThrow();
    }

    private String file(String... lines) throws Exception {
        return Files.write(directory.resolve("server.properties"), List.of(lines)).toString();
    }

    private static void assertFine(StartSettings settings) {
        assertEquals(List.of(), settings.complaints());
        assertEquals(List.of(), settings.notices());
    }

    private static void assertHolds(StartSettings settings, String key, String value) {
        assertEquals(value, settings.node().properties().value(key), key);
    }

    @Test
    void nothingSaidIsOneNodeOnTheUsualPort() {
        StartSettings settings = settings();
        assertFine(settings);
        assertHolds(settings, "listeners", "PLAINTEXT://127.0.0.1:9092");
        assertHolds(settings, "log.dirs", "./hallows-data");
        assertHolds(settings, "process.roles", "broker,controller");
        assertHolds(settings, "offsets.topic.replication.factor", "1");
        assertHolds(settings, "transaction.state.log.min.isr", "1");
    }

    @Test
    void laterIsHeard() throws Exception {
        String file = file("num.partitions=3", "log.retention.hours=5", "listeners=A://:1");
        StartSettings settings =
                settings(
                        "--config=" + file,
                        "--listen=127.0.0.1:2",
                        "--set=num.partitions=4",
                        "--set=num.partitions= 6",
                        "--set=listeners=PLAINTEXT://127.0.0.1:3");
        assertHolds(settings, "num.partitions", "6");
        assertHolds(settings, "log.retention.hours", "5");
        assertEquals(List.of(), settings.complaints());
        assertHolds(settings, "listeners", "PLAINTEXT://127.0.0.1:3");
        assertHolds(settings, "advertised.listeners", "");
    }

    @Test
    void aFileKeepsItsOwn() throws Exception {
        String listeners = "INSIDE://:9094,CONTROLLER://:9095";
        StartSettings settings =
                settings(
                        "--config",
                        file(
                                "node.id=7",
                                "log.dir=/a",
                                "listeners=" + listeners,
                                "listener.security.protocol.map=INSIDE:PLAINTEXT,CONTROLLER:PLAINTEXT",
                                "inter.broker.listener.name=INSIDE",
                                "offsets.topic.replication.factor=3",
                                "num.network.threads=3"));
        assertEquals(List.of(), settings.complaints());
        assertHolds(settings, "listeners", listeners);
        assertHolds(settings, "log.dir", "/a");
        assertHolds(settings, "log.dirs", "");
        assertHolds(settings, "offsets.topic.replication.factor", "3");
        assertEquals(
                List.of("of no effect in Hallows: inter.broker.listener.name, num.network.threads"),
                settings.notices());
    }

    @Test
    void aFlagWinsOverTheFileAndSaysSo() throws Exception {
        StartSettings settings =
                settings(
                        "--config",
                        file(
                                "log.dirs=/a,/b",
                                "listeners=EXTERNAL://h:1,CTL://h:2,INTERNAL://h:3",
                                "listener.security.protocol.map=EXTERNAL:PLAINTEXT,CTL:PLAINTEXT,INTERNAL:PLAINTEXT",
                                "controller.listener.names=CTL",
                                "advertised.listeners=EXTERNAL://far:1"),
                        "--data=/c",
                        "--listen=[::1]:9");
        assertEquals(List.of(), settings.complaints());
        assertHolds(settings, "log.dirs", "/c");
        assertHolds(settings, "listeners", "EXTERNAL://[::1]:9,CTL://h:2");
        assertHolds(settings, "advertised.listeners", "EXTERNAL://[::1]:9");
        assertEquals(
                List.of(
                        "--data /c takes the place of log.dirs=/a,/b in the file",
                        "--listen [::1]:9 takes the place of listeners=EXTERNAL://h:1,INTERNAL://h:3 in the file",
                        "--listen [::1]:9 takes the place of advertised.listeners=EXTERNAL://far:1 in the file"),
                settings.notices());
    }

    @Test
    void theListenerBetweenBrokersGivesItsName() throws Exception {
        String file =
                file(
                        "listeners=A://h:1,B://h:2",
                        "inter.broker.listener.name=B",
                        "listener.security.protocol.map=A:PLAINTEXT,B:PLAINTEXT,CONTROLLER:PLAINTEXT");
        StartSettings settings = settings("--config", file, "--listen=h:5");
        assertEquals(List.of(), settings.complaints());
        assertHolds(settings, "listeners", "B://h:5");
    }

    @Test
    void onlyWhoListensKnowsAFreePort() {
        StartSettings settings = settings("--listen", "127.0.0.1:0");
        assertFine(settings);
        assertHolds(settings, "listeners", "PLAINTEXT://127.0.0.1:0");
        assertHolds(settings, "advertised.listeners", "");
    }

    @Test
    void whoListensEverywhereSaysWhereHeIs() {
        assertTrue(
                settings("--listen", "0.0.0.0:9092")
                        .complaints()
                        .getFirst()
                        .contains("add --set advertised.listeners=PLAINTEXT://HOST:PORT"));
        String said = "advertised.listeners=PLAINTEXT://me:9092";
        StartSettings settings = settings("--listen", "[::]:9092", "--set", said);
        assertFine(settings);
        assertHolds(settings, "advertised.listeners", "PLAINTEXT://me:9092");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--set=num.partitions | --set num.partitions: write --set KEY=VALUE",
                "--set==5 | --set =5: write --set KEY=VALUE",
                "--set=num.partition=5 | there is no property 'num.partition'; did you mean 'num.partitions'?",
                "--listen=nowhere | --listen: not HOST:PORT: 'nowhere', for example 127.0.0.1:9092",
                "--set=listeners=PLAINTEXT://0.0.0.0:9092 | PLAINTEXT://0.0.0.0:9092 is every address of this host, and clients need one that leads here: set advertised.listeners=PLAINTEXT://HOST:9092",
                "--data= | --data is a directory, not nothing"
            })
    void whatCannotBeIsOneSentence(String argument, String sentence) {
        assertEquals(List.of(sentence), settings(argument).complaints());
    }

    @Test
    void keysWithoutEffectAreToldIfSomebodySaidThem() {
        assertEquals(
                List.of("of no effect in Hallows: num.network.threads"),
                settings("--set=num.network.threads=2", "--set=num.io.threads=2").notices());
    }

    @Test
    void aFileThatCannotBeReadIsNamed() throws Exception {
        Path missing = directory.resolve("missing");
        Result<StartSettings> refused = said("--config", missing.toString());
        String message = assertInstanceOf(Result.Failed.class, refused).fault().message();
        assertTrue(message.startsWith("--config: ") && message.contains("missing"), message);
        String bare = file("num.partitions");
        assertEquals(
                List.of(
                        bare
                                + ", line 1: 'num.partitions' has no value; write num.partitions=VALUE"),
                settings("--config", bare).complaints().subList(0, 1));
    }

    @Test
    void oneLineSaysReady() {
        assertEquals(
                "Hallows ready on 127.0.0.1:9092 in 612 ms",
                new Ready(new Endpoint("127.0.0.1", 9092), List.of("127.0.0.1:9092"), 612).line());
        assertEquals(
                "Hallows ready on [::]:9092 in 612 ms, advertised as far:1",
                new Ready(new Endpoint("::", 9092), List.of("far:1"), 612).line());
    }
}
