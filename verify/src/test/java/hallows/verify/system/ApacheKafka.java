package hallows.verify.system;

import hallows.verify.Finished;
import hallows.verify.House;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// Apache Kafka as it is published, formatted by its own tool. Its jars are none of the tests' own:
/// see the POM.
public record ApacheKafka() implements Broker {
    private static final Path CLASS_PATH = House.ROOT.resolve("verify/target/kafka-class-path");

    /// Brokers here live for seconds: the quick compiler alone, and a heap for one.
    private static final List<String> FLAGS =
            List.of(
                    "-Xmx384m",
                    "-XX:+UseSerialGC",
                    "-XX:TieredStopAtLevel=1",
                    "-Dorg.slf4j.simpleLogger.logFile=System.out",
                    "-Dorg.slf4j.simpleLogger.defaultLogLevel=warn",
                    "-Dorg.slf4j.simpleLogger.log.kafka.server.KafkaRaftServer=info");

    private static final String CLUSTER_ID = "aGFsbG93cy12ZXJpZnkhIQ";

    @Override
    public BrokerProcess start(Path data, Map<String, String> settings) {
        InetSocketAddress address = free();
        Path properties = properties(data, settings, List.of(address, free()));
        if (!Files.exists(data.resolve("meta.properties"))) {
            format(properties);
        }
        return BrokerProcess.started(
                "Apache Kafka",
                java("kafka.Kafka", properties.toString()),
                line ->
                        line.contains("Kafka Server started")
                                ? Optional.of(address)
                                : Optional.empty());
    }

    /// Kafka takes the memory for a frame as soon as it hears how long it will be.
    @Override
    public int promisesMax() {
        return 1;
    }

    private static void format(Path properties) {
        Finished tool =
                Finished.of(
                        java(
                                "kafka.tools.StorageTool",
                                "format",
                                "--config",
                                properties.toString(),
                                "--cluster-id",
                                CLUSTER_ID));
        if (tool.code() != 0) {
            throw new AssertionError("Kafka does not format its directory:\n" + tool.output());
        }
    }

    private static ProcessBuilder java(String main, String... arguments) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(FLAGS);
        command.addAll(List.of("-cp", House.text(CLASS_PATH), main));
        command.addAll(List.of(arguments));
        return new ProcessBuilder(command);
    }

    /// A port that was free a moment ago: Kafka's controller cannot be given port 0.
    private static InetSocketAddress free() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return new InetSocketAddress(InetAddress.getLoopbackAddress(), socket.getLocalPort());
        } catch (IOException none) {
            throw new UncheckedIOException(none);
        }
    }

    /// Beside the data directory, for Kafka wants nothing foreign in it.
    private static Path properties(
            Path data, Map<String, String> settings, List<InetSocketAddress> ports) {
        String controller = "127.0.0.1:" + ports.getLast().getPort();
        Map<String, String> all = new TreeMap<>();
        all.put("process.roles", "broker,controller");
        all.put("node.id", "1");
        all.put(
                "listeners",
                "PLAINTEXT://127.0.0.1:%d,CONTROLLER://%s"
                        .formatted(ports.getFirst().getPort(), controller));
        all.put("controller.listener.names", "CONTROLLER");
        all.put("controller.quorum.voters", "1@" + controller);
        all.put("log.dirs", data.toString());
        all.putAll(settings);
        String text =
                all.entrySet().stream()
                        .map(entry -> entry.getKey() + "=" + entry.getValue() + "\n")
                        .collect(Collectors.joining());
        try {
            Path file = data.resolveSibling(data.getFileName() + ".properties");
            return Files.writeString(file, text);
        } catch (IOException unwritable) {
            throw new UncheckedIOException(unwritable);
        }
    }
}
