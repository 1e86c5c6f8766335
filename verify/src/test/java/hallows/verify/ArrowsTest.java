package hallows.verify;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ArrowsTest {
    private static final List<ArchRule> RULES =
            Stream.concat(Tower.rules().stream(), Outside.rules().stream()).toList();

    /// What a class is not allowed to say, by the class that says it.
    private static final List<String[]> BAD =
            List.of(
                    new String[] {"hallows.model.KnowsRuntime", "hallows.runtime.Good"},
                    new String[] {"hallows.runtime.KnowsModel", "hallows.model.Good"},
                    new String[] {"hallows.runtime.KnowsItsWorld", "hallows.runtime.os.Good"},
                    new String[] {"hallows.runtime.KnowsFlow", "hallows.runtime.flow.Good"},
                    new String[] {"hallows.runtime.flow.KnowsOs", "hallows.runtime.os.Good"},
                    new String[] {"hallows.runtime.os.KnowsFlow", "hallows.runtime.flow.Good"},
                    new String[] {"hallows.miniature.ChoosesItsWorld", "hallows.runtime.os.Good"},
                    new String[] {"hallows.miniature.IsSimulated", "hallows.simulation.Good"},
                    new String[] {"hallows.simulation.KnowsPrograms", "hallows.miniature.Good"},
                    new String[] {"hallows.broker.UsesMiniature", "hallows.miniature.Good"},
                    new String[] {"hallows.log.LooksUp", "hallows.broker.Good"},
                    new String[] {"hallows.redis.LooksSideways", "hallows.kafka.Good"},
                    new String[] {"hallows.server.Measures", "hallows.bench.Good"},
                    new String[] {"hallows.simulation.Clocks", "long", "System.nanoTime()"},
                    new String[] {"hallows.model.Dates", "Object", "java.time.Instant.now()"},
                    new String[] {"hallows.runtime.Threads", "Thread", "new Thread(() -> {})"},
                    new String[] {"hallows.runtime.Pools", "java.util.concurrent.ForkJoinPool"},
                    new String[] {"hallows.simulation.Chance", "java.util.Random"},
                    new String[] {"hallows.miniature.Ids", "Object", "java.util.UUID.randomUUID()"},
                    new String[] {"hallows.runtime.Files", "java.io.File"},
                    new String[] {
                        "hallows.log.MoreFiles",
                        "java.util.function.Predicate<java.nio.file.Path>",
                        "java.nio.file.Files::exists"
                    },
                    new String[] {"hallows.miniature.Sockets", "java.net.Socket"},
                    new String[] {"hallows.log.Channels", "java.nio.channels.FileChannel"},
                    new String[] {"hallows.runtime.Native", "java.lang.foreign.Linker"},
                    new String[] {"hallows.runtime.Netties", "io.netty.channel.Channel"},
                    new String[] {"hallows.miniature.Queues", "org.jctools.queues.MpmcArrayQueue"},
                    new String[] {"hallows.runtime.Commands", "picocli.CommandLine"},
                    new String[] {"hallows.kafka.Internals", "org.apache.kafka.raft.Raft"},
                    new String[] {"hallows.broker.Wire", "org.apache.kafka.common.Message"},
                    new String[] {"hallows.cluster.Wire", "org.apache.kafka.common.Message"},
                    new String[] {"hallows.log.Ask", "org.apache.kafka.common.message.Ask"},
                    new String[] {"hallows.cluster.KnowsItsQuorum", "hallows.cluster.kafka.Good"},
                    new String[] {"hallows.broker.StartsANode", "hallows.cluster.kafka.Good"},
                    new String[] {"hallows.cluster.Files", "java.io.File"},
                    new String[] {"hallows.cluster.Address", "java.net.InetSocketAddress"},
                    new String[] {"hallows.cluster.kafka.Sockets", "java.net.Socket"});

    /// What looks alike and is allowed.
    private static final List<String[]> GOOD =
            List.of(
                    new String[] {"hallows.model.Good", "int"},
                    new String[] {"hallows.runtime.Good", "java.nio.file.Path"},
                    new String[] {"hallows.runtime.flow.Good", "hallows.runtime.Good"},
                    new String[] {"hallows.runtime.os.Good", "io.netty.channel.Channel"},
                    new String[] {"hallows.simulation.Good", "hallows.runtime.Good"},
                    new String[] {"hallows.miniature.Good", "Thread", "Thread.currentThread()"},
                    new String[] {"hallows.kafka.Good", "org.apache.kafka.common.Message"},
                    new String[] {"hallows.cluster.Good", "org.apache.kafka.common.message.Ask"},
                    new String[] {"hallows.cluster.kafka.Good", "org.apache.kafka.raft.Raft"},
                    new String[] {"hallows.cluster.kafka.Place", "java.io.File"},
                    new String[] {"hallows.cluster.kafka.Peer", "java.net.InetSocketAddress"},
                    new String[] {"hallows.server.Starts", "hallows.cluster.kafka.Good"},
                    new String[] {"hallows.broker.Good", "hallows.runtime.Good"},
                    new String[] {"hallows.server.Good", "hallows.runtime.os.Good"},
                    new String[] {"hallows.bench.Good", "long", "System.nanoTime()"});

    @Test
    void theArrowsHold() {
        JavaClasses house = new ClassFileImporter().importPaths(classes());
        assertTrue(house.contain("hallows.runtime.World"), "the modules are compiled");
        assertEquals("", String.join("\n", violations(house)));
    }

    private static List<Path> classes() {
        return House.modules().stream()
                .map(module -> House.ROOT.resolve(module).resolve("target/classes"))
                .filter(Files::isDirectory)
                .toList();
    }

    @Test
    void theForbiddenIsBittenAndNothingElse(@TempDir Path directory) {
        String violations = String.join("\n", violations(samples(directory)));
        BAD.forEach(line -> assertTrue(violations.contains(line[0]), line[0] + " got away"));
        GOOD.forEach(line ->
                assertTrue(!violations.contains("<" + line[0] + "."), line[0] + " was bitten"));
    }

    @Test
    void everyDoorHasAGuardThatBites(@TempDir Path directory) {
        JavaClasses samples = samples(directory);
        List<String> idle =
                Outside.rules().stream()
                        .filter(rule -> !rule.evaluate(samples).hasViolation())
                        .map(ArchRule::getDescription)
                        .toList();
        assertEquals(List.of(), idle);
    }

    private static JavaClasses samples(Path directory) {
        Map<String, String> texts = new LinkedHashMap<>();
        add(texts, "org.apache.kafka.raft.Raft", "int");
        add(texts, "org.apache.kafka.common.Message", "int");
        add(texts, "org.apache.kafka.common.message.Ask", "int");
        Stream.concat(BAD.stream(), GOOD.stream()).forEach(line -> add(texts, line));
        Compiled.into(directory, texts);
        return new ClassFileImporter().importPath(directory.resolve("hallows"));
    }

    private static void add(Map<String, String> texts, String... line) {
        int dot = line[0].lastIndexOf('.');
        String value = line.length > 2 ? " = " + line[2] : "";
        texts.put(
                line[0],
                "package %s; public class %s { %s it%s; }"
                        .formatted(
                                line[0].substring(0, dot),
                                line[0].substring(dot + 1),
                                line[1],
                                value));
    }

    private static List<String> violations(JavaClasses classes) {
        return RULES.stream()
                .map(rule -> rule.evaluate(classes))
                .filter(result -> result.hasViolation())
                .map(result -> result.getFailureReport().toString())
                .toList();
    }
}
