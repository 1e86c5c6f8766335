package hallows.server.kafka;

import hallows.runtime.Fault;
import hallows.runtime.Result;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.DescribeClusterOptions;
import org.apache.kafka.common.KafkaException;

/// A broker that has answered, and what can be asked of it.
public final class Remote implements AutoCloseable {
    private static final long LOOK_MILLIS = 50;

    /// A port may be bound a moment after the program that binds it is started.
    private static final int REFUSALS_MAX = 3;

    private final Place place;
    private final Sentences sentences;
    private final Admin admin;

    private Remote(Place place, Admin admin) {
        this.place = place;
        this.sentences = new Sentences(place);
        this.admin = admin;
    }

    /// Waits until a broker answers. When nobody listens, that is known at once, whatever the
    /// timeout; Kafka's clients go on trying until it is over.
    public static Result<Remote> open(Place place) {
        Admin admin;
        try {
            admin = Admin.create(place.client(Map.of()));
        } catch (KafkaException refused) {
            return new Result.Failed<>(new Sentences(place).of(refused, place.servers()));
        }
        Remote remote = new Remote(place, admin);
        return switch (remote.greet()) {
            case Result.Ok<Result.Done> _ -> new Result.Ok<>(remote);
            case Result.Failed<Result.Done>(Fault fault) -> {
                remote.close();
                yield new Result.Failed<>(fault);
            }
        };
    }

    private Result<Result.Done> greet() {
        int timeoutMillis = Integer.parseInt(place.timeout());
        Future<?> greeting =
                admin.describeCluster(new DescribeClusterOptions().timeoutMs(timeoutMillis))
                        .clusterId();
        while (true) {
            try {
                greeting.get(LOOK_MILLIS, TimeUnit.MILLISECONDS);
                return Result.DONE;
            } catch (TimeoutException notYet) {
                if (met("connection-creation-total") == 0 && isRefused()) {
                    return new Result.Failed<>(sentences.nobody());
                }
            } catch (ExecutionException failed) {
                return new Result.Failed<>(ungreeted(failed));
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
                return Result.failed(Fault.Kind.CLOSED, "interrupted");
            }
        }
    }

    private boolean isRefused() {
        int places = place.servers().split(",", -1).length;
        return met("connection-close-total") >= (double) REFUSALS_MAX * places;
    }

    private Fault ungreeted(ExecutionException failed) {
        if (failed.getCause() instanceof org.apache.kafka.common.errors.TimeoutException) {
            return met("connection-creation-total") == 0 ? sentences.nobody() : sentences.silence();
        }
        return sentences.of(failed, place.servers());
    }

    private double met(String metric) {
        return admin.metrics().entrySet().stream()
                .filter(entry -> entry.getKey().name().equals(metric))
                .filter(entry -> entry.getKey().group().equals("admin-client-metrics"))
                .map(entry -> entry.getValue().metricValue())
                .mapToDouble(value -> value instanceof Number number ? number.doubleValue() : 0)
                .sum();
    }

    /// Its topics.
    public Topics topics() {
        return new Topics(new Questions(admin, sentences));
    }

    /// Sends records to it.
    public Result<Sending> sending(Sending.Options options) {
        return Sending.open(place, options);
    }

    /// Reads records from it.
    ///
    /// @param committed leaves out what a transaction has not committed
    public Result<Reading> reading(boolean committed) {
        return Reading.open(place, committed);
    }

    @Override
    public void close() {
        admin.close(Duration.ZERO);
    }
}
