package hallows.cluster.kafka;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.message.DeleteTopicsRequestData;
import org.apache.kafka.common.message.DeleteTopicsRequestData.DeleteTopicState;
import org.apache.kafka.common.message.DeleteTopicsResponseData;
import org.apache.kafka.common.message.DeleteTopicsResponseData.DeletableTopicResult;
import org.apache.kafka.common.message.DeleteTopicsResponseData.DeletableTopicResultCollection;
import org.apache.kafka.common.protocol.Errors;
import org.apache.kafka.common.requests.ApiError;
import org.apache.kafka.controller.ControllerRequestContext;
import org.apache.kafka.controller.QuorumController;
import org.apache.kafka.controller.ResultOrError;
import org.jspecify.annotations.Nullable;

/// One request to delete topics, by name or by id: ids are looked up, what is named twice is
/// refused, the rest is deleted.
final class TopicDeletion {
    private final QuorumController controller;
    private final ControllerRequestContext context;
    private final DeletableTopicResultCollection results = new DeletableTopicResultCollection();
    private final Set<String> names = new HashSet<>();
    private final Set<String> namesTwice = new HashSet<>();
    private final Set<Uuid> ids = new HashSet<>();
    private final Set<Uuid> idsTwice = new HashSet<>();
    private final Map<Uuid, String> toDelete = new HashMap<>();

    TopicDeletion(QuorumController controller, ControllerRequestContext context) {
        this.controller = controller;
        this.context = context;
    }

    CompletableFuture<DeleteTopicsResponseData> run(DeleteTopicsRequestData request) {
        request.topicNames().forEach(name -> note(name, names, namesTwice));
        request.topics().forEach(this::note);
        namesTwice.forEach(name -> refuse(name, Uuid.ZERO_UUID, "Duplicate topic name."));
        idsTwice.forEach(id -> refuse(null, id, "Duplicate topic id."));
        return controller
                .findTopicNames(context, ids)
                .thenCompose(found -> {
                    found.forEach(this::named);
                    return controller.findTopicIds(context, names);
                })
                .thenCompose(found -> {
                    found.forEach(this::identified);
                    return controller.deleteTopics(context, toDelete.keySet());
                })
                .thenApply(deleted -> {
                    deleted.forEach((id, error) -> answer(toDelete.get(id), id, error));
                    return new DeleteTopicsResponseData().setResponses(results);
                });
    }

    private void note(DeleteTopicState topic) {
        @Nullable String name = topic.name();
        boolean hasId = !topic.topicId().equals(Uuid.ZERO_UUID);
        if (name != null && hasId) {
            refuse(name, topic.topicId(), "You may not specify both topic name and topic id.");
        } else if (name != null) {
            note(name, names, namesTwice);
        } else if (hasId) {
            note(topic.topicId(), ids, idsTwice);
        } else {
            refuse(null, Uuid.ZERO_UUID, "Neither topic name nor id were specified.");
        }
    }

    private static <T> void note(T one, Set<T> once, Set<T> twice) {
        if (twice.contains(one) || !once.add(one)) {
            once.remove(one);
            twice.add(one);
        }
    }

    private void named(Uuid id, ResultOrError<String> found) {
        if (found.isError()) {
            answer(null, id, found.error());
        } else {
            toDelete.put(id, found.result());
        }
    }

    private void identified(String name, ResultOrError<Uuid> found) {
        if (found.isError()) {
            answer(name, Uuid.ZERO_UUID, found.error());
            return;
        }
        Uuid id = found.result();
        if (idsTwice.contains(id) || toDelete.put(id, name) != null) {
            idsTwice.add(id);
            toDelete.remove(id);
            refuse(name, id, "The provided topic name maps to an ID that was already supplied.");
        }
    }

    private void refuse(@Nullable String name, Uuid id, String why) {
        answer(name, id, new ApiError(Errors.INVALID_REQUEST, why));
    }

    @SuppressWarnings("NullAway") // a result has a null for what is not known
    private void answer(@Nullable String name, Uuid id, ApiError error) {
        results.add(
                new DeletableTopicResult()
                        .setName(name)
                        .setTopicId(id)
                        .setErrorCode(error.error().code())
                        .setErrorMessage(error.message()));
    }
}
