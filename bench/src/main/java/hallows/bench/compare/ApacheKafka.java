package hallows.bench.compare;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// Apache Kafka as it is published, formatted by its own tool.
///
/// @param classPath its jars, and none of ours
/// @param flags of its JVM
public record ApacheKafka(String classPath, List<String> flags) implements Contestant {
    /// As its own scripts have them.
    private static final List<String> FLAGS =
            List.of(
                    "-server",
                    "-XX:+UseG1GC",
                    "-XX:MaxGCPauseMillis=20",
                    "-XX:InitiatingHeapOccupancyPercent=35",
                    "-XX:+ExplicitGCInvokesConcurrent");

    /// Says on stdout that it has started, and what it warns of.
    private static final List<String> WORDS =
            List.of(
                    "-Dorg.slf4j.simpleLogger.logFile=System.out",
                    "-Dorg.slf4j.simpleLogger.defaultLogLevel=warn",
                    "-Dorg.slf4j.simpleLogger.log.kafka.server.KafkaRaftServer=info");

    private static final String CLUSTER_ID = "aGFsbG93cy1iZW5jaG1hcg";

    /// From the jars that were resolved with a checkout.
    static ApacheKafka asPublished(Path checkout) {
        return new ApacheKafka(classPath(checkout), FLAGS);
    }

    /// All its jars, as a class path.
    public static String classPath(Path checkout) {
        try {
            return Files.readString(checkout.resolve("bench/target/kafka-class-path")).strip();
        } catch (IOException missing) {
            throw new UncheckedIOException("bench is not built", missing);
        }
    }

    @Override
    public String title() {
        return "Apache Kafka";
    }

    @Override
    public Plan plan(Path data, Terms terms) {
        Map<String, String> settings = new TreeMap<>();
        settings.put("log.segment.delete.delay.ms", DELETION_MILLIS);
        if (terms.isDurable()) {
            settings.put("log.flush.interval.messages", "1");
        }
        List<String> all = new ArrayList<>(flags);
        all.addAll(terms.heap());
        return new ApacheKafka(classPath, all).plan(data, settings);
    }

    /// Broker and controller in one, on free ports, in a directory of its own or of one before it.
    public Plan plan(Path data, Map<String, String> settings) {
        InetSocketAddress address = free();
        Path properties = properties(data, settings, address);
        if (!Files.exists(data.resolve("meta.properties"))) {
            format(properties);
        }
        return new Plan(
                java("kafka.Kafka", properties.toString()),
                Map.of(),
                line ->
                        line.contains("Kafka Server started")
                                ? Optional.of(address)
                                : Optional.empty());
    }

    private void format(Path properties) {
        List<String> command =
                java(
                        "kafka.tools.StorageTool",
                        "format",
                        "--config",
                        properties.toString(),
                        "--cluster-id",
                        CLUSTER_ID);
        try {
            Process tool = new ProcessBuilder(command).redirectErrorStream(true).start();
            String said = new String(tool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (tool.waitFor() != 0) {
                throw new IllegalStateException("Kafka does not format its directory:\n" + said);
            }
        } catch (IOException unstartable) {
            throw new UncheckedIOException(unstartable);
        } catch (InterruptedException interrupted) {
            throw new IllegalStateException(interrupted);
        }
    }

    private List<String> java(String... words) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(flags);
        command.addAll(WORDS);
        command.addAll(List.of("-cp", classPath));
        command.addAll(List.of(words));
        return command;
    }

    /// Beside the data directory, for Kafka wants nothing foreign in it.
    private static Path properties(
            Path data, Map<String, String> settings, InetSocketAddress address) {
        String controller = "127.0.0.1:" + free().getPort();
        Map<String, String> all = new TreeMap<>();
        all.put("process.roles", "broker,controller");
        all.put("node.id", "1");
        all.put(
                "listeners",
                "PLAINTEXT://127.0.0.1:%d,CONTROLLER://%s"
                        .formatted(address.getPort(), controller));
        all.put("controller.listener.names", "CONTROLLER");
        all.put("controller.quorum.voters", "1@" + controller);
        all.put("log.dirs", data.toString());
        all.putAll(settings);
        String text =
                all.entrySet().stream()
                        .map(entry -> entry.getKey() + "=" + entry.getValue() + "\n")
                        .collect(Collectors.joining());
        try {
            return Files.writeString(data.resolveSibling(data.getFileName() + ".properties"), text);
        } catch (IOException unwritable) {
            throw new UncheckedIOException(unwritable);
        }
    }

    /// A port that was free a moment ago: Kafka's controller cannot be given port 0.
    private static InetSocketAddress free() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return new InetSocketAddress(InetAddress.getLoopbackAddress(), socket.getLocalPort());
        } catch (IOException none) {
            throw new UncheckedIOException(none);
        }
    }
}
