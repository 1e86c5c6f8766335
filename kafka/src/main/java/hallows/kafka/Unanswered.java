package hallows.kafka;

import org.apache.kafka.common.message.CreateTopicsRequestData;
import org.apache.kafka.common.message.CreateTopicsResponseData;
import org.apache.kafka.common.message.CreateTopicsResponseData.CreatableTopicResult;
import org.apache.kafka.common.message.DeleteTopicsRequestData;
import org.apache.kafka.common.message.DeleteTopicsResponseData;
import org.apache.kafka.common.message.DeleteTopicsResponseData.DeletableTopicResult;
import org.apache.kafka.common.protocol.Errors;

/// What is said when the controller fails instead of answering: nobody knows what has come of it.
final class Unanswered {
    private static final short CODE = Errors.UNKNOWN_SERVER_ERROR.code();

    private Unanswered() {}

    static CreateTopicsResponseData creation(CreateTopicsRequestData asked) {
        CreateTopicsResponseData answer = new CreateTopicsResponseData();
        asked.topics()
                .forEach(topic ->
                        answer.topics()
                                .add(
                                        new CreatableTopicResult()
                                                .setName(topic.name())
                                                .setErrorCode(CODE)));
        return answer;
    }

    /// Older versions name topics in one list, newer ones in another.
    static DeleteTopicsResponseData deletion(DeleteTopicsRequestData asked) {
        DeleteTopicsResponseData answer = new DeleteTopicsResponseData();
        asked.topicNames()
                .forEach(name ->
                        answer.responses()
                                .add(new DeletableTopicResult().setName(name).setErrorCode(CODE)));
        asked.topics()
                .forEach(topic ->
                        answer.responses()
                                .add(
                                        new DeletableTopicResult()
                                                .setName(topic.name())
                                                .setTopicId(topic.topicId())
                                                .setErrorCode(CODE)));
        return answer;
    }
}
