package hallows.verify.system;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/// Gives tests the two brokers that all of them share, started when first asked for and ended after
/// the last test.
public final class Brokers implements ParameterResolver {
    /// What the system tests are about, beside [ApacheKafka]. The one place that says so.
    public static final Broker UNDER_TEST = new Hallows();

    /// Small and quick to start; what scripts write is of long ago, and stays.
    public static final Map<String, String> SETTINGS =
            Map.of(
                    "offsets.topic.replication.factor", "1",
                    "offsets.topic.num.partitions", "3",
                    "transaction.state.log.replication.factor", "1",
                    "transaction.state.log.min.isr", "1",
                    "transaction.state.log.num.partitions", "2",
                    "share.coordinator.state.topic.replication.factor", "1",
                    "share.coordinator.state.topic.min.isr", "1",
                    "share.coordinator.state.topic.num.partitions", "4",
                    "log.retention.ms", "-1");

    private static final ExtensionContext.Namespace HERE =
            ExtensionContext.Namespace.create(Brokers.class);

    /// Real Kafka, and what is held against it.
    ///
    /// @param kafka the oracle
    /// @param underTest the broker under test
    public record Pair(Shared kafka, Shared underTest) implements AutoCloseable {
        /// A pair for one test, with these settings besides.
        public static Pair with(Map<String, String> settings) {
            Map<String, String> all = new TreeMap<>(SETTINGS);
            all.putAll(settings);
            return new Pair(new Shared(new ApacheKafka(), all), new Shared(UNDER_TEST, all));
        }

        @Override
        public void close() {
            kafka.close();
            underTest.close();
        }
    }

    /// A broker that several tests use.
    public static final class Shared implements AutoCloseable {
        private final Path home;
        private final BrokerProcess process;

        Shared(Broker broker, Map<String, String> settings) {
            this.home = directory();
            this.process = broker.start(home.resolve("data"), settings);
        }

        /// The running broker.
        public BrokerProcess process() {
            return process;
        }

        @Override
        public void close() {
            process.close();
            delete(home);
        }
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        Class<?> type = parameter.getParameter().getType();
        return type == Pair.class || type == BrokerProcess.class;
    }

    /// A pair, or the process under test alone.
    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        Shared underTest = shared(context, "under test", UNDER_TEST);
        return parameter.getParameter().getType() == Pair.class
                ? new Pair(shared(context, "oracle", new ApacheKafka()), underTest)
                : underTest.process();
    }

    private static Shared shared(ExtensionContext context, String role, Broker broker) {
        return context.getRoot()
                .getStore(HERE)
                .computeIfAbsent(role, _ -> new Shared(broker, SETTINGS), Shared.class);
    }

    private static Path directory() {
        try {
            return Files.createTempDirectory("hallows-system");
        } catch (IOException unwritable) {
            throw new UncheckedIOException(unwritable);
        }
    }

    private static void delete(Path directory) {
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        } catch (IOException undeletable) {
            throw new UncheckedIOException(undeletable);
        }
    }
}
