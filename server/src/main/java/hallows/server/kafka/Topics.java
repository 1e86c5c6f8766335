package hallows.server.kafka;

import hallows.runtime.Fault;
import hallows.runtime.Result;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import org.apache.kafka.clients.admin.CreateTopicsResult;
import org.apache.kafka.clients.admin.ListTopicsOptions;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.admin.TopicListing;
import org.apache.kafka.common.KafkaFuture;

/// The topics of a broker.
public final class Topics {
    private final Questions questions;

    Topics(Questions questions) {
        this.questions = questions;
    }

    /// What a topic is called.
    ///
    /// @param name for people
    /// @param id for programs: another topic of the same name has another
    /// @param internal whether it is the broker's own
    public record Named(String name, String id, boolean internal) {}

    /// What a topic is to be.
    ///
    /// @param partitions how many; empty for the broker's default
    /// @param replicas how many; empty for the broker's default
    /// @param config its own configuration
    public record Shape(OptionalInt partitions, OptionalInt replicas, Map<String, String> config) {}

    /// What a topic has become.
    ///
    /// @param partitions how many; empty where the broker does not say
    /// @param replicas how many; empty where the broker does not say
    public record Made(OptionalInt partitions, OptionalInt replicas) {}

    /// All of them by name.
    public Result<List<Named>> list(boolean internal) {
        return switch (questions.answer(
                questions
                        .admin()
                        .listTopics(new ListTopicsOptions().listInternal(internal))
                        .listings(),
                "the list of topics")) {
            case Result.Failed<Collection<TopicListing>>(Fault fault) -> new Result.Failed<>(fault);
            case Result.Ok<Collection<TopicListing>>(Collection<TopicListing> listings) ->
                    new Result.Ok<>(
                            listings.stream()
                                    .map(one ->
                                            new Named(
                                                    one.name(),
                                                    one.topicId().toString(),
                                                    one.isInternal()))
                                    .sorted((one, other) -> one.name().compareTo(other.name()))
                                    .toList());
        };
    }

    /// Makes topics of one shape, and says what came of each.
    public Map<String, Result<Made>> create(List<String> names, Shape shape) {
        List<NewTopic> wanted = names.stream().distinct().map(name -> wanted(name, shape)).toList();
        CreateTopicsResult asked = questions.admin().createTopics(wanted);
        Map<String, Result<Made>> made = new LinkedHashMap<>();
        for (NewTopic topic : wanted) {
            made.put(
                    topic.name(),
                    switch (questions.answer(asked.values(), topic.name())) {
                        case Result.Failed<?>(Fault fault) -> new Result.Failed<>(fault);
                        case Result.Ok<?> _ -> new Result.Ok<>(made(asked, topic.name()));
                    });
        }
        return made;
    }

    private static NewTopic wanted(String name, Shape shape) {
        Optional<Short> replicas =
                shape.replicas().isPresent()
                        ? Optional.of((short) shape.replicas().getAsInt())
                        : Optional.empty();
        Optional<Integer> partitions =
                shape.partitions().isPresent()
                        ? Optional.of(shape.partitions().getAsInt())
                        : Optional.empty();
        return new NewTopic(name, partitions, replicas).configs(shape.config());
    }

    /// Older brokers do not say, and some not to everybody.
    private Made made(CreateTopicsResult asked, String name) {
        return new Made(
                number(questions.answer(asked.numPartitions(name), name)),
                number(questions.answer(asked.replicationFactor(name), name)));
    }

    private static OptionalInt number(Result<Integer> said) {
        return switch (said) {
            case Result.Ok<Integer>(Integer number) -> OptionalInt.of(number);
            case Result.Failed<Integer> _ -> OptionalInt.empty();
        };
    }

    /// Deletes topics, and says what came of each.
    public Map<String, Result<Result.Done>> delete(List<String> names) {
        Map<String, KafkaFuture<Void>> asked =
                questions.admin().deleteTopics(names).topicNameValues();
        Map<String, Result<Result.Done>> deleted = new LinkedHashMap<>();
        for (String name : names) {
            deleted.put(
                    name,
                    switch (questions.answer(asked, name)) {
                        case Result.Failed<Void>(Fault fault) -> new Result.Failed<>(fault);
                        case Result.Ok<Void> _ -> Result.DONE;
                    });
        }
        return deleted;
    }

    /// Looks at topics, and says what each is like.
    public Map<String, Result<Topic>> describe(List<String> names) {
        Map<String, KafkaFuture<TopicDescription>> asked =
                questions.admin().describeTopics(names).topicNameValues();
        Map<String, Result<TopicDescription>> seen = new TreeMap<>();
        names.forEach(name -> seen.put(name, questions.answer(asked, name)));
        return new Descriptions(questions).of(seen);
    }

    /// How many partitions a topic has.
    public Result<Integer> partitions(String name) {
        return switch (questions.answer(
                questions.admin().describeTopics(List.of(name)).topicNameValues(), name)) {
            case Result.Failed<TopicDescription>(Fault fault) -> new Result.Failed<>(fault);
            case Result.Ok<TopicDescription>(TopicDescription topic) ->
                    new Result.Ok<>(topic.partitions().size());
        };
    }
}
