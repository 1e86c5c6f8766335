package hallows.verify.system;

import hallows.bench.compare.Contestant;
import hallows.verify.House;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/// Apache Kafka as it is published, on jars that are none of the tests' own.
public record ApacheKafka() implements Broker {
    /// Brokers here live for seconds: the quick compiler alone, and a heap for one.
    private static final List<String> FLAGS =
            List.of("-Xmx384m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1");

    @Override
    public BrokerProcess start(Path data, Map<String, String> settings) {
        String classPath = hallows.bench.compare.ApacheKafka.classPath(House.ROOT);
        Contestant.Plan plan =
                new hallows.bench.compare.ApacheKafka(classPath, FLAGS).plan(data, settings);
        return BrokerProcess.started(
                "Apache Kafka", new ProcessBuilder(plan.command()), plan.readiness()::of);
    }

    /// Kafka takes the memory for a frame as soon as it hears how long it will be.
    @Override
    public int promisesMax() {
        return 1;
    }
}
