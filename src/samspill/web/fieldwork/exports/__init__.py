"""A collection as a study folder, and as labelled data files; and a study folder's answers as the
responses of a collection."""

from samspill.web.fieldwork.exports.folder import write_collection_folder
from samspill.web.fieldwork.exports.importing import import_responses
from samspill.web.fieldwork.exports.study import collection_study

__all__ = ["collection_study", "import_responses", "write_collection_folder"]
