import de.bwaldvogel.mongo.backend.DefaultQueryMatcher;
import de.bwaldvogel.mongo.bson.Document;
import de.bwaldvogel.mongo.exception.MongoServerError;
import java.util.List;
import java.util.stream.Collectors;

/** Puts right what the library answers differently from the real server. */
final class Replies {
  private Replies() {}

  static Document ok() {
    return new Document("ok", 1.0);
  }

  static Document error(MongoServerError error) {
    Document reply = new Document("ok", 0.0)
        .append("errmsg", error.getMessageWithoutErrorCode())
        .append("code", error.getCode())
        .append("codeName", error.getCodeName());
    if (error.getCode() == JournalCursor.HISTORY_LOST) {
      reply.append("errorLabels", List.of("NonResumableChangeStreamError"));
    }
    return reply;
  }

  static Document correct(String command, Document query, Document reply) {
    if (command.equals("insert") && reply.get("writeErrors") instanceof List) {
      reply.put("n", inserted(query, (List<?>) reply.get("writeErrors")));
    }
    if (command.equals("listCollections") && query.get("filter") instanceof Document) {
      filterBatch((Document) query.get("filter"), (Document) reply.get("cursor"));
    }
    return reply;
  }

  /** The library counts the documents that were sent. */
  private static int inserted(Document query, List<?> errors) {
    boolean ordered = !Boolean.FALSE.equals(query.get("ordered"));
    Document first = (Document) errors.get(0);
    return ordered ? (Integer) first.get("index") : ((List<?>) query.get("documents")).size() - errors.size();
  }

  @SuppressWarnings("unchecked")
  private static void filterBatch(Document filter, Document cursor) {
    DefaultQueryMatcher matcher = new DefaultQueryMatcher();
    cursor.put("firstBatch", ((List<Document>) cursor.get("firstBatch")).stream()
        .filter(document -> matcher.matches(document, filter))
        .collect(Collectors.toList()));
  }
}
